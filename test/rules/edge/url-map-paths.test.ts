import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const urlMapPaths = ruleById("edge/url-map-paths");
const api = ref("google_compute_backend_service.api.id");
const map = (hostRules: object[], matchers: object[], rest: object = {}) =>
  edge({ urlMap: { host_rule: hostRules, path_matcher: matchers, ...rest } });

describe("edge/url-map-paths", () => {
  const reported = (...paths: unknown[]) =>
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

  test("plain paths and a trailing /* pass", () => {
    expect(reported("/api", "/api/*", "/*", "/", ref("var.path"))).toEqual([]);
  });

  test.each(["/api*", "api/*", "/*/users", "/api?x=1"])("%s is rejected", (path) => {
    expect(reported(path)).toEqual([
      `path_matcher.path_rule.paths contains "${path}"; rejected by the API: it must be a path that begins with "/", without query and fragment, with "*" after the last "/" only.`,
    ]);
  });

  test("the same path in two rules is rejected", () => {
    expect(reported("/api", "/api")).toHaveLength(1);
  });
});
