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

  test.each([
    ["/api*", '* follows "/" only'],
    ["api/*", 'a path begins with "/"'],
    ["/*/users", "* is the last character only"],
    ["/api?x=1", "a path has neither query nor fragment"],
  ])("%s is rejected", (path, because) => {
    expect(reported(path)).toEqual([
      `paths of path_matcher "api" contains "${path}"; rejected by the API: ${because}.`,
    ]);
  });

  test("the same path in two rules is rejected", () => {
    expect(reported("/api", "/api")).toHaveLength(1);
  });
});
