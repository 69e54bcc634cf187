import { describe, expect, test } from "@jest/globals";
import { urlMapPaths } from "../../../rules/edge/url-map-paths.ts";
import { urlMapRoutes } from "../../../rules/edge/url-map-routes.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const api = ref("google_compute_backend_service.api.id");
const map = (hostRules: object[], matchers: object[], rest: object = {}) =>
  edge({ urlMap: { host_rule: hostRules, path_matcher: matchers, ...rest } });

describe("edge/url-map-routes", () => {
  const said = (hostRules: object[], matchers: object[], rest: object = {}) =>
    check(urlMapRoutes, map(hostRules, matchers, rest)).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
  const matcher = { name: "api", default_service: api };
  const rule = { hosts: ["api.example.com"], path_matcher: "api" };

  test("a host with its matcher holds", () => {
    expect(said([rule], [matcher])).toEqual([]);
    expect(said([{ ...rule, hosts: ["*.example.com", "*"] }], [matcher])).toEqual([]);
  });

  test("a matcher that does not exist is refused", () => {
    expect(said([{ ...rule, path_matcher: "apis" }], [matcher])[0]).toBe(
      'error: a host_rule names the path_matcher "apis", but the URL map has "api": refused at apply.',
    );
  });

  test("a matcher that no host names is advice", () => {
    expect(said([], [matcher])).toEqual([
      'warning: no host_rule names the path_matcher "api": its routes never apply.',
    ]);
  });

  test("a host in two rules is refused", () => {
    expect(said([rule, rule], [matcher])).toEqual([
      'error: the host "api.example.com" stands in two host_rules: refused at apply.',
    ]);
  });

  test("a host with scheme or path is refused", () => {
    expect(said([{ ...rule, hosts: ["https://api.example.com"] }], [matcher])).toHaveLength(1);
  });

  test("routes to nothing are refused", () => {
    expect(said([rule], [{ name: "api" }])).toHaveLength(1);
    expect(said([rule], [{ ...matcher, path_rule: { paths: ["/a"] } }])).toHaveLength(1);
    expect(said([], [], { default_service: undefined })).toHaveLength(1);
  });

  test("two route rules of one priority are refused", () => {
    const route = { priority: 1, service: api };
    expect(said([rule], [{ ...matcher, route_rules: [route, { ...route, priority: 2 }] }])).toEqual([]);
    expect(said([rule], [{ ...matcher, route_rules: [route, route] }])).toHaveLength(1);
  });

  test("unknown matchers are not judged", () => {
    expect(said([{ ...rule, path_matcher: ref("var.matcher") }], [matcher])).toEqual([]);
    expect(said([rule], [{ ...matcher, name: ref("var.matcher") }])).toEqual([]);
  });
});

describe("edge/url-map-paths", () => {
  const said = (...paths: unknown[]) =>
    check(
      urlMapPaths,
      map(
        [],
        [
          {
            name: "api",
            default_service: api,
            path_rule: paths.map((path) => ({ paths: [path], service: api })),
          },
        ],
      ),
    ).map(({ message }) => message);

  test("plain paths and a trailing /* hold", () => {
    expect(said("/api", "/api/*", "/*", "/", ref("var.path"))).toEqual([]);
  });

  test.each([
    ["/api*", 'has * after something other than "/"'],
    ["api/*", 'does not begin with "/"'],
    ["/*/users", "has * before its end"],
    ["/api?x=1", "holds a query or a fragment"],
  ])("%s is refused", (path, fault) => {
    expect(said(path)).toEqual([`the path "${path}" of path_matcher "api" ${fault}: refused at apply.`]);
  });

  test("the same path in two rules is refused", () => {
    expect(said("/api", "/api")).toHaveLength(1);
  });
});
