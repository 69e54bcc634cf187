import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const partKind = ruleById("edge/part-kind");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/part-kind", () => {
  test("each part names the next one", () => {
    expect(errors(partKind, {})).toEqual([]);
    expect(errors(partKind, { urlMap: { default_service: ref("var.service") } })).toEqual([]);
  });

  test("a part that skips one is rejected", () => {
    expect(
      errors(partKind, {
        urlMap: { default_service: ref("google_compute_region_network_endpoint_group.api.id") },
      }),
    ).toEqual([
      "google_compute_url_map.edge: a route is google_compute_region_network_endpoint_group.api; rejected by the API: it takes the type backend service or backend bucket.",
    ]);
    expect(errors(partKind, { backend: { group: ref("google_cloud_run_v2_service.api.id") } })).toHaveLength(
      1,
    );
    expect(errors(partKind, { httpsRule: { target: ref("google_compute_url_map.edge.id") } })).toHaveLength(
      1,
    );
  });
});
