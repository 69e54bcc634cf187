import { describe, expect, test } from "@jest/globals";
import type { Rule, Severity } from "../../rules/rule.ts";
import { runRules } from "../../rules/run.ts";
import { graphOf } from "./support.ts";

const graph = graphOf({ google_redis_instance: { a: { tier: "GOLD" }, b: { tier: "GOLD" } } });

/** Says the message of the resources of the names. */
function rule(
  id: string,
  severity: Severity,
  message: string,
  names: readonly string[],
  givesWayOn?: string[],
): Rule {
  return {
    id,
    why: "",
    limit: "",
    fix: "Write another.",
    source: "",
    *check(from) {
      for (const resource of from.all())
        if (names.includes(resource.name))
          yield { resource, severity, message, ...(givesWayOn === undefined ? {} : { givesWayOn }) };
    },
  };
}

function found(...rules: Rule[]): string[] {
  return runRules(graph, rules).map((finding) => `${finding.rule} ${finding.address}`);
}

describe("a general rule gives way to one that explains the same better", () => {
  const general = rule("schema/value", "error", "config.tier is GOLD.", ["a", "b"], ["config.tier"]);
  const A = "google_redis_instance.a";
  const B = "google_redis_instance.b";

  test("about the same attribute of the same resource, in any order of the rules", () => {
    const special = rule("data/tier", "error", 'tier is "GOLD".', ["a"]);
    expect(found(general, special)).toEqual([`data/tier ${A}`, `schema/value ${B}`]);
    expect(found(special, general)).toEqual([`data/tier ${A}`, `schema/value ${B}`]);
  });

  test("not about another attribute, nor a longer name", () => {
    const other = rule("data/tier", "error", "tiers and memory_size_gb are wrong.", ["a", "b"]);
    expect(found(general, other)).toContain(`schema/value ${A}`);
  });

  test("not to a warning where it is an error", () => {
    const advice = rule("data/tier", "warning", "tier is GOLD.", ["a", "b"]);
    expect(found(general, advice)).toHaveLength(4);
  });

  test("about several attributes only where all of them are named", () => {
    const group = rule("schema/group", "error", "tier and zone.", ["a"], ["tier", "zone"]);
    expect(found(group, rule("data/tier", "error", "tier is GOLD.", ["a"]))).toHaveLength(2);
    expect(found(group, rule("data/tier", "error", "tier needs a zone.", ["a"]))).toEqual([`data/tier ${A}`]);
  });
});
