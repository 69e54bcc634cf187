import {
  anything,
  atLeastOneOf,
  atMostOneOf,
  choice,
  conflict,
  range,
  required,
} from "../../constraints/index.ts";
import type { FieldRule } from "../../resource-type.ts";

const URL_MAP_DOC = "https://docs.cloud.google.com/load-balancing/docs/url-map-concepts";
const ROUTES = ["default_service", "default_url_redirect", "default_route_action"];
const CODES = ["FOUND", "MOVED_PERMANENTLY_DEFAULT", "PERMANENT_REDIRECT", "SEE_OTHER", "TEMPORARY_REDIRECT"];
/** The largest weight of a backend in a split. */
const WEIGHT_HIGH = 1000;
const AT_PLAN = { outcome: "rejected at plan" } as const;

const redirects = [
  "default_url_redirect",
  "path_matcher[].default_url_redirect",
  "path_matcher[].path_rule[].url_redirect",
].flatMap((within) => [
  choice("redirect_response_code", CODES, { within, ...AT_PLAN }),
  required(["strip_query"], {
    within,
    because: "the provider requires it",
    fix: "Set strip_query = false.",
    ...AT_PLAN,
  }),
  atMostOneOf(["path_redirect", "prefix_redirect"], { within }),
  conflict(
    {
      https_redirect: [false, undefined],
      host_redirect: [undefined],
      path_redirect: [undefined],
      prefix_redirect: [undefined],
    },
    {
      within,
      outcome: "fails at run time",
      because: "every request is redirected to itself",
      fix: "Set https_redirect = true.",
    },
  ),
]);

const weights = [
  "default_route_action",
  "path_matcher[].default_route_action",
  "path_matcher[].path_rule[].route_action",
  "path_matcher[].route_rules[].route_action",
].map((action) =>
  range("weight", { within: `${action}.weighted_backend_services[]`, low: 0, high: WEIGHT_HIGH }),
);

/** Redirects and routes of a URL map. */
export const urlMapRules: readonly FieldRule[] = [
  {
    id: "edge/redirect",
    source: "https://docs.cloud.google.com/load-balancing/docs/https/setting-up-global-http-https-redirect",
    constraints: [
      ...redirects,
      conflict(
        { default_url_redirect: [anything], default_service: [anything] },
        {
          because: "a request is either redirected or served",
          fix: "Keep one of them, for example default_service.",
          ...AT_PLAN,
        },
      ),
    ],
  },
  {
    id: "edge/url-map-routes",
    source: URL_MAP_DOC,
    constraints: [
      atLeastOneOf(ROUTES, { because: "requests without a host rule have no destination", ...AT_PLAN }),
      atLeastOneOf(ROUTES, {
        within: "path_matcher[]",
        because: "requests without a path rule have no destination",
      }),
      atMostOneOf(["path_rule", "route_rules"], { within: "path_matcher[]" }),
      atLeastOneOf(["service", "url_redirect", "route_action"], {
        within: "path_matcher[].path_rule[]",
        because: "its requests have no destination",
      }),
      ...weights,
    ],
  },
];
