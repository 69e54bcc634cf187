import { describe, expect, test } from "@jest/globals";
import { graphFromTerraformJson } from "../../graph/index.ts";
import { exampleOf } from "../../rules/examples.ts";
import { ruleBook } from "../../rules/index.ts";
import type { Rule, Severity } from "../../rules/rule.ts";
import { runRules } from "../../rules/run.ts";
import { graphOf, type Resources } from "./support.ts";

const networks: Resources = { google_compute_network: { a: { name: "a" }, b: { name: "b" } } };

function rule(id: string, severity: Severity, more: Partial<Rule> = {}): Rule {
  return {
    id,
    why: "Why.",
    limit: "the limit",
    fix: "The usual fix.",
    source: "https://cloud.example/doc",
    *check(graph) {
      for (const resource of graph.all("google_compute_network"))
        yield { resource, severity, message: `${resource.name} is wrong.` };
    },
    ...more,
  };
}

describe("running rules", () => {
  test("cuts a message that holds a value of a million characters", () => {
    const long = rule("x/long", "error", {
      *check(graph) {
        const [resource] = graph.all("google_compute_network");
        if (resource !== undefined) yield { resource, severity: "error", message: "a".repeat(1_000_000) };
      },
    });
    const [finding] = runRules(graphOf(networks), [long]);
    expect(finding?.message).toBe(`${"a".repeat(2000)} ...`);
  });

  test("sorts by severity, then rule, then address", () => {
    const rules = [rule("x/unknown", "unknown"), rule("z/error", "error"), rule("b/advice", "warning")];
    const found = runRules(graphOf(networks), [...rules, rule("a/error", "error")]);
    expect(found.map((finding) => `${finding.severity} ${finding.rule} ${finding.address}`)).toEqual([
      "error a/error google_compute_network.a",
      "error a/error google_compute_network.b",
      "error z/error google_compute_network.a",
      "error z/error google_compute_network.b",
      "warning b/advice google_compute_network.a",
      "warning b/advice google_compute_network.b",
      "unknown x/unknown google_compute_network.a",
      "unknown x/unknown google_compute_network.b",
    ]);
  });

  test("reports a finding once that a rule gives twice", () => {
    const { check } = rule("a/twice", "error");
    const twice = rule("a/twice", "error", {
      *check(graph) {
        yield* check(graph);
        yield* check(graph);
      },
    });
    expect(runRules(graphOf(networks), [twice])).toHaveLength(2);
  });

  test("prefers the fix of the verdict to that of the rule", () => {
    const own = rule("a/own", "error", {
      *check(graph) {
        for (const resource of graph.all()) yield { resource, severity: "error", message: "m", fix: "Own." };
      },
    });
    expect(runRules(graphOf(networks), [own])[0]?.fix).toBe("Own.");
    expect(runRules(graphOf(networks), [rule("a/usual", "error")])[0]?.fix).toBe("The usual fix.");
  });

  test("a rule that throws is reported, and keeps neither its own findings nor those of others back", () => {
    const broken = rule("a/broken", "error", {
      *check(graph) {
        const [first] = graph.all();
        if (first !== undefined) yield { resource: first, severity: "error", message: "Found before." };
        throw new TypeError("x is not a function\n    at somewhere");
      },
    });
    const found = runRules(graphOf(networks), [broken, rule("b/fine", "warning")]);
    expect(found.map(({ rule: id, severity, message }) => [id, severity, message])).toEqual([
      ["a/broken", "error", "Found before."],
      ["b/fine", "warning", "a is wrong."],
      ["b/fine", "warning", "b is wrong."],
      [
        "a/broken",
        "unknown",
        "The rule a/broken stopped after its finding at google_compute_network.a (TypeError: x is not a function): a mistake in the rule, not in the configuration.",
      ],
    ]);
  });
});

describe("the rule book", () => {
  test("has each id once, made of family and name", () => {
    const ids = ruleBook.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z]+\/[a-z0-9-]+$/.test(id))).toEqual([]);
  });

  test("tells of every rule why, limit, fix, source and an example", () => {
    const silent = ruleBook.filter(({ id, why, limit, fix, source }) =>
      [why, limit, fix, source, exampleOf(id).text].some((text) => text.trim() === ""),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test("names a page as the source of every rule", () => {
    const without = ruleBook.filter(({ source }) => !/^https:\/\/\S+$/.test(source));
    expect(without.map(({ id, source }) => `${id}: ${source}`)).toEqual([]);
  });
});

test("a finding that is a security risk is of a category of its own, whatever its severity", () => {
  const json = {
    resource: {
      google_sql_database_instance: {
        open: { settings: { ip_configuration: { authorized_networks: { value: "0.0.0.0/0" } } } },
      },
      google_vpc_access_connector: { main: { max_instances: 15 } },
      google_service_account_key: { ci: { service_account_id: "ci" } },
    },
  };
  const found = runRules(graphFromTerraformJson([{ origin: "test", json }]), ruleBook);
  const of = (id: string) => found.find(({ rule }) => rule === id);
  expect(of("identity/open-database")).toMatchObject({ severity: "error", category: "security" });
  expect(of("identity/least-privilege")).toMatchObject({ severity: "warning", category: "security" });
  expect(of("capacity/connector-instances")).not.toHaveProperty("category");
});
