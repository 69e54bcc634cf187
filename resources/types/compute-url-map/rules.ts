import type { Attributes } from "../../attributes.ts";
import type { Fault } from "../../constraints/constraint.ts";
import {
  anything,
  atLeastOneOf,
  atMostOneOf,
  choice,
  conflict,
  custom,
  form,
  range,
  required,
  unique,
} from "../../constraints/index.ts";
import { nameFault } from "../../host-names.ts";
import type { FieldRule } from "../../resource-type.ts";

const URL_MAP_DOC = "https://docs.cloud.google.com/load-balancing/docs/url-map-concepts";
const ROUTES = ["default_service", "default_url_redirect", "default_route_action"];
const CODES = ["FOUND", "MOVED_PERMANENTLY_DEFAULT", "PERMANENT_REDIRECT", "SEE_OTHER", "TEMPORARY_REDIRECT"];
/** The largest weight of a backend in a split. */
const WEIGHT_HIGH = 1000;
const MATCHERS = "path_matcher[]";
const PATH_RULES = "path_matcher[].path_rule[]";
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

const routeActions = [
  "default_route_action",
  "path_matcher[].default_route_action",
  "path_matcher[].path_rule[].route_action",
  "path_matcher[].route_rules[].route_action",
];

/** https://docs.cloud.google.com/compute/docs/reference/rest/v1/urlMaps */
const RETRY_CONDITIONS = [
  "5xx",
  "gateway-error",
  "connect-failure",
  "retriable-4xx",
  "refused-stream",
  "cancelled",
  "deadline-exceeded",
  "internal",
  "resource-exhausted",
  "unavailable",
];

const RETRY_CONDITION = new RegExp(`^(${RETRY_CONDITIONS.join("|")})$`);

function* triesTooLong(action: Attributes): Iterable<Fault> {
  const [whole, single] = ["timeout", "retry_policy.per_try_timeout"].map((path) =>
    Number(action.string(`${path}.seconds`) ?? Number.NaN),
  );
  if (whole === undefined || single === undefined || !(whole > 0) || !(single >= whole)) return;
  yield {
    found: `retry_policy.per_try_timeout is ${single} s and timeout is ${whole} s`,
    because: "a try that hangs takes all of the time, and no other follows",
    fix: `Set per_try_timeout below timeout, for example ${Math.max(1, Math.floor(whole / 3))} s.`,
  };
}

const weights = routeActions.map((action) =>
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
    why: "The API rejects a URL map with a host whose path matcher does not exist, the same host twice, or a route without a destination.",
    fix: "Set path_matcher of every host_rule to one of the same URL map, and give every route a service or a redirect.",
    source: URL_MAP_DOC,
    constraints: [
      atLeastOneOf(ROUTES, { because: "requests without a host rule have no destination", ...AT_PLAN }),
      atLeastOneOf(ROUTES, {
        within: MATCHERS,
        because: "requests without a path rule have no destination",
      }),
      atMostOneOf(["path_rule", "route_rules"], { within: MATCHERS }),
      atLeastOneOf(["service", "url_redirect", "route_action"], {
        within: PATH_RULES,
        because: "its requests have no destination",
      }),
      ...weights,
      ...routeActions.flatMap((within) => [
        form("retry_conditions", RETRY_CONDITION, {
          within: `${within}.retry_policy`,
          form: RETRY_CONDITIONS.join(", "),
          examples: ["5xx"],
        }),
        custom("retry_policy.per_try_timeout below timeout", triesTooLong, {
          within,
          severity: "warning",
          outcome: "fails at run time",
        }),
      ]),
      form("prefix_match", /^\/[^*]*$/, {
        within: "path_matcher[].route_rules[].match_rules[]",
        form: 'a path that begins with "/", without "*", which is no wildcard there',
        examples: ["/api/"],
        severity: "warning",
        outcome: "fails at run time",
        fix: "Remove the *, or write path_template_match.",
      }),
      atMostOneOf(["prefix_match", "full_path_match", "regex_match", "path_template_match"], {
        within: "path_matcher[].route_rules[].match_rules[]",
        because: "a path is matched in one way",
      }),
      ...routeActions.flatMap((within) => [
        ...["abort", "delay"].map((fault) =>
          range("percentage", {
            within: `${within}.fault_injection_policy.${fault}`,
            low: 0,
            high: 100,
            unit: "percent",
          }),
        ),
      ]),
      unique("host_rule", "hosts", {
        fix: "Keep the host in one of them and move both sets of paths into its path_matcher.",
      }),
      unique("path_matcher", "name"),
      unique("route_rules", "priority", { within: MATCHERS }),
      form("hosts", /^(?:\*(?:[.-][^/\s*\p{Cc}]*)?|[^/\s*\p{Cc}]+)$/u, {
        within: "host_rule[]",
        form: "a host name without scheme and path, with * as its first label only",
        examples: ["api.example.com", "*.example.com", "*"],
      }),
      custom(
        "hosts: ASCII, labels of 63 characters",
        function* (rule) {
          const hosts = rule.get("hosts");
          for (const host of Array.isArray(hosts) ? hosts : []) {
            if (typeof host !== "string" || !/^[^/\s*]+$|^\*\.[^/\s*]+$/.test(host)) continue;
            const fault = nameFault(host.replace(/^\*\./, "").replace(/:\d+$/, ""));
            if (fault !== undefined) yield { found: `hosts contains "${host}"`, ...fault };
          }
        },
        { within: "host_rule[]" },
      ),
      custom(
        "host_rule.path_matcher: the name of a path_matcher; each path_matcher in a host_rule",
        matchers,
      ),
    ],
  },
  {
    id: "edge/url-map-paths",
    why: "The API rejects a path that does not begin with a slash, or whose * is not the whole last segment.",
    fix: 'Write "/api/*" (and "/api" in addition), not "/api*".',
    source: URL_MAP_DOC,
    constraints: [
      form("paths", /^\/(?:[^?#*]*\/)?(?:\*|[^?#*]*)$/, {
        within: PATH_RULES,
        form: 'a path that begins with "/", without query and fragment, with "*" after the last "/" only',
        examples: ["/api/*", "/api", "/*", "/"],
      }),
      unique("path_rule", "paths", { within: MATCHERS }),
    ],
  },
];

/** Host rules name path matchers of the map. */
function* matchers(map: Attributes): Iterable<Fault> {
  const names = map.blocks("path_matcher").map((matcher) => matcher.string("name") || undefined);
  const used = map.blocks("host_rule").map((rule) => rule.string("path_matcher") || undefined);
  if (!map.isUnknown("path_matcher") && !names.includes(undefined))
    for (const name of new Set(used))
      if (name !== undefined && !names.includes(name))
        yield {
          found: `host_rule.path_matcher is "${name}"`,
          because: `the URL map has ${names.length === 0 ? "no path_matcher" : names.map((known) => `"${known}"`).join(", ")}`,
        };
  if (!map.isUnknown("host_rule") && !used.includes(undefined))
    for (const name of names)
      if (name !== undefined && !used.includes(name))
        yield {
          found: `path_matcher.name is "${name}", in no host_rule`,
          because: "its routes never apply",
          severity: "warning",
          outcome: "fails at run time",
          fix: "Add a host_rule with it, or remove it.",
        };
}
