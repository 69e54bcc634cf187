import type { Attributes } from "../attributes.ts";
import { choice, custom, range, required, unique } from "../constraints/index.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";
import { ruleFields } from "./compute-security-policy/rule-fields.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "attacks and floods reach the services",
  replaced:
    "attacks and floods reach the services until the new one is attached, or the apply fails while it is in use",
};

const SOURCE = "https://docs.cloud.google.com/armor/docs/security-policy-overview";
const ACTIONS = ["allow", "deny(403)", "deny(404)", "deny(502)", "redirect", "throttle", "rate_based_ban"];
const INTERVALS = [10, 30, 60, 120, 180, 240, 300, 540, 600, 900, 1200, 1800, 2700, 3600];

/** An edge policy filters before the cache, which knows addresses, paths and headers only. */
function* beyondEdge(policy: Attributes) {
  if (policy.string("type") !== "CLOUD_ARMOR_EDGE") return;
  for (const rule of policy.blocks("rule")) {
    const action = rule.string("action") ?? "";
    const expression = rule.string("match.expr.expression") ?? "";
    const found = /^(throttle|rate_based_ban|redirect)$/.test(action)
      ? `action is "${action}"`
      : /\bevaluatePreconfigured(?:Waf|Expr)\(/.test(expression)
        ? `match.expr.expression is ${expression}`
        : undefined;
    if (found === undefined) continue;
    yield {
      found: `type is "CLOUD_ARMOR_EDGE", and ${found} in the rule with priority ${rule.string("priority") ?? "?"}`,
      because: "an edge policy has neither rate limits, redirects nor preconfigured WAF rules",
      fix: "Move the rule to a policy of type CLOUD_ARMOR.",
    };
  }
}

const cloudArmor: FieldRule = {
  id: "edge/cloud-armor",
  source: SOURCE,
  constraints: [
    custom(`rule.action: ${ACTIONS.join(", ")}`, function* (policy) {
      const isBackendPolicy = ["", "CLOUD_ARMOR"].includes(policy.string("type") ?? "");
      for (const rule of policy.blocks("rule")) {
        const action = rule.string("action") || undefined;
        if (action === undefined || ACTIONS.includes(action)) continue;
        // Policies of other types have actions of their own.
        if (!isBackendPolicy && !action.startsWith("deny(")) continue;
        yield {
          found: `action of the rule with priority ${rule.string("priority") ?? "?"} is "${action}"`,
          because: `it must be one of ${ACTIONS.join(", ")}`,
          fix: `Write one of ${ACTIONS.join(", ")}.`,
        };
      }
    }),
    required(["rate_limit_options"], {
      within: "rule[]",
      when: { action: ["throttle", "rate_based_ban"] },
      because: "a rate limit has a threshold",
      fix: "Add rate_limit_options with a rate_limit_threshold, for example count = 100 and interval_sec = 60.",
    }),
    required(["rate_limit_options.enforce_on_key_name"], {
      within: "rule[]",
      when: {
        "rate_limit_options.enforce_on_key": ["HTTP_HEADER", "HTTP_COOKIE"],
        "rate_limit_options.enforce_on_key_name": [undefined],
      },
      because: "a limit by header or cookie names it",
      fix: 'Set enforce_on_key_name, for example "X-Api-Key".',
    }),
    choice("rate_limit_options.rate_limit_threshold.interval_sec", INTERVALS.map(String), {
      within: "rule[]",
      fix: "Set interval_sec to one of them, for example 60.",
    }),
    range("match.config.src_ip_ranges", {
      within: "rule[]",
      high: 10,
      unit: "ranges",
      measure: "entries",
      outcome: "rejected at plan",
      fix: "Spread the ranges over several rules.",
    }),
    unique("rule", "priority", { outcome: "rejected at plan" }),
    ...ruleFields("rule[]"),
    custom("type CLOUD_ARMOR_EDGE: addresses and headers only", beyondEdge),
  ],
};

/** Cloud Armor policies. */
export const computeSecurityPolicies: readonly ResourceType[] = [
  {
    type: "google_compute_security_policy",
    label: "Cloud Armor policy",
    nameScope: "project",
    collection: "securityPolicies",
    requiredRole: "roles/compute.securityAdmin",
    deleteImpact,
    fieldRules: [cloudArmor],
  },
  { type: "google_compute_region_security_policy", label: "Cloud Armor policy", deleteImpact },
];
