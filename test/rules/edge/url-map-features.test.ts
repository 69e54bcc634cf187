import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const rule = ruleById("edge/url-map-features");

function behind(load_balancing_scheme: string, path_matcher: object) {
  const service = "${google_compute_backend_service.web.id}";
  return check(rule, {
    google_compute_backend_service: { web: { name: "web", load_balancing_scheme } },
    google_compute_url_map: { web: { name: "web", default_service: service, path_matcher } },
  });
}

const matching = (rules: object) => ({ route_rules: { priority: 1, match_rules: rules } });

describe("edge/url-map-features", () => {
  test.each([
    [matching({ header_matches: { header_name: "a", regex_match: ".*" } }), "header_matches.regex_match"],
    [matching({ path_template_match: "/a/*" }), "match_rules.path_template_match"],
    [{ path_rule: { paths: ["/a"], route_action: { retry_policy: { num_retries: 1 } } } }, "retry_policy"],
    [{ default_route_action: { weighted_backend_services: [{ weight: 1 }] } }, "weighted_backend_services"],
  ])("%j is not for the classic load balancer", (matcher, feature) => {
    expect(behind("EXTERNAL_MANAGED", matcher)).toEqual([]);
    expect(behind("EXTERNAL", matcher)).toMatchObject([
      {
        severity: "error",
        message: expect.stringContaining(`${feature} is set, and load_balancing_scheme of`),
      },
    ]);
  });

  test("prefixes, headers and rewrites are", () => {
    expect(behind("EXTERNAL", matching({ header_matches: { header_name: "a", prefix_match: "b" } }))).toEqual(
      [],
    );
    const rewrite = { route_action: { url_rewrite: { path_prefix_rewrite: "/" } } };
    expect(behind("EXTERNAL", { path_rule: { paths: ["/a/*"], ...rewrite } })).toEqual([]);
  });
});
