import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { readGraph } from "../../graph/index.ts";
import { ruleBook } from "../../rules/index.ts";
import { runRules } from "../../rules/run.ts";

const folder = mkdtempSync(path.join(tmpdir(), "examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Each example in a folder of its own, in the language that it is written in. */
async function findingsOf(id: string, example: string): Promise<string[]> {
  const own = path.join(folder, id);
  mkdirSync(own, { recursive: true });
  const name = example.trimStart().startsWith("{")
    ? "example.json"
    : /^(apiVersion|kind):/m.test(example)
      ? "example.yaml"
      : "main.tf";
  writeFileSync(path.join(own, name), example);
  const graph = await readGraph([own]);
  return [...new Set(runRules(graph).map(({ rule, severity }) => `${rule} ${severity}`))];
}

/** The kind: an example in the rule book that its own rule does not report, or that breaks something else as well. */
describe("the example of every rule is reported by that rule, with the severity that it claims, and by no other", () => {
  // What a plan deletes is always reported as deleted as well.
  const also: Readonly<Record<string, readonly string[]>> = {
    "data/name-reused": ["data/deletion warning"],
    // Both are about ALL_TRAFFIC without Cloud NAT.
    "reachability/google-access": ["reachability/nat warning"],
  };
  // Families are added here as their examples become whole; in the end this filter goes.
  const families: readonly string[] = [
    "address",
    "capacity",
    "data",
    "edge",
    "identity",
    "mesh",
    "observability",
    "rollout",
    "schema",
    "service",
    "time",
  ];
  const checked = ruleBook.filter(({ id }) => families.includes(id.split("/")[0] ?? ""));
  test.each(checked.map((rule) => [rule.id, rule] as const))(
    "%s",
    async (id, { example, exampleSeverity = "error" }) => {
      expect(await findingsOf(id, example)).toEqual([`${id} ${exampleSeverity}`, ...(also[id] ?? [])]);
    },
  );
});
