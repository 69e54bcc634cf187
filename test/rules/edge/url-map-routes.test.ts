import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const urlMapRoutes = ruleById("edge/url-map-routes");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);
const api = ref("google_compute_backend_service.api.id");
const map = (hostRules: object[], matchers: object[], rest: object = {}) =>
  edge({ urlMap: { host_rule: hostRules, path_matcher: matchers, ...rest } });

describe("edge/url-map-routes", () => {
  test("weights end at 1000", () => {
    const split = (weight: number) => ({
      urlMap: {
        default_service: undefined,
        default_route_action: {
          weighted_backend_services: [
            { backend_service: ref("google_compute_backend_service.api.id"), weight },
          ],
        },
      },
    });
    expect(errors(urlMapRoutes, split(1000))).toEqual([]);
    expect(errors(urlMapRoutes, split(1001))).toEqual([
      "google_compute_url_map.edge: default_route_action.weighted_backend_services.weight is 1001; rejected by the API: it must be 0 to 1000.",
    ]);
  });

  const reported = (hostRules: object[], matchers: object[], rest: object = {}) =>
    check(urlMapRoutes, map(hostRules, matchers, rest)).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
  const matcher = { name: "api", default_service: api };
  const rule = { hosts: ["api.example.com"], path_matcher: "api" };

  test("a host with its matcher passes", () => {
    expect(reported([rule], [matcher])).toEqual([]);
    expect(reported([{ ...rule, hosts: ["*.example.com", "*"] }], [matcher])).toEqual([]);
  });

  test("a matcher that does not exist is rejected", () => {
    expect(reported([{ ...rule, path_matcher: "apis" }], [matcher])[0]).toBe(
      'error: host_rule.path_matcher is "apis"; rejected by the API: the URL map has "api".',
    );
  });

  test("a matcher that no host names is a warning", () => {
    expect(reported([], [matcher])).toEqual([
      'warning: path_matcher.name is "api", in no host_rule; fails at run time: its routes never apply.',
    ]);
  });

  test("a host in two rules is rejected", () => {
    expect(reported([rule, rule], [matcher])).toEqual([
      'error: host_rule.hosts contains "api.example.com" in two blocks; rejected by the API: each value may be in one of them only.',
    ]);
  });

  test("a host with scheme or path is rejected", () => {
    expect(reported([{ ...rule, hosts: ["https://api.example.com"] }], [matcher])).toHaveLength(1);
  });

  test("routes to nothing are rejected", () => {
    expect(reported([rule], [{ name: "api" }])).toHaveLength(1);
    expect(reported([rule], [{ ...matcher, path_rule: { paths: ["/a"] } }])).toHaveLength(1);
    expect(reported([], [], { default_service: undefined })).toHaveLength(1);
  });

  test("two route rules of one priority are rejected", () => {
    const route = { priority: 1, service: api };
    expect(reported([rule], [{ ...matcher, route_rules: [route, { ...route, priority: 2 }] }])).toEqual([]);
    expect(reported([rule], [{ ...matcher, route_rules: [route, route] }])).toHaveLength(1);
  });

  test("unknown matchers are not judged", () => {
    expect(reported([{ ...rule, path_matcher: ref("var.matcher") }], [matcher])).toEqual([]);
    expect(reported([rule], [{ ...matcher, name: ref("var.matcher") }])).toEqual([]);
  });
});
