import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge } from "./edge-fixture.ts";

const partName = ruleById("edge/name");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/name", () => {
  const reported = (name: string) => check(partName, edge({ urlMap: { name } }));

  test("63 characters pass, 64 and capitals are rejected", () => {
    expect(reported("a".repeat(63))).toEqual([]);
    expect(reported("a".repeat(64))).toHaveLength(1);
    expect(reported("Edge_Map")).toMatchObject([
      {
        severity: "error",
        message:
          'name is "Edge_Map" (8 characters); rejected by the API: it must be at most 63 lowercase letters, digits and hyphens, a letter first and no hyphen last.',
      },
    ]);
    expect(reported("edge-")).toHaveLength(1);
    expect(reported("edge_map")).toMatchObject([{ severity: "warning" }]);
  });

  test("names that are taken are left to data/name-taken", () => {
    const other = { google_compute_url_map: { second: { name: "edge", default_service: "x" } } };
    const changes = { urlMap: { name: "edge" } };
    expect(errors(partName, changes, other)).toEqual([]);
    expect(errors(ruleById("data/name-taken"), changes, other)).toEqual([
      'google_compute_url_map.second: its name "edge" is also the name of google_compute_url_map.edge; rejected by the API: the name is taken.',
    ]);
  });
});
