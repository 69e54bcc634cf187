import { range, required } from "../constraints/index.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";
import { ruleFields } from "./compute-security-policy/rule-fields.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "what it blocked reaches the services",
  replaced: undefined,
};

const rateLimit: FieldRule = {
  id: "edge/cloud-armor",
  source: "https://docs.cloud.google.com/armor/docs/configure-rate-limiting",
  constraints: [
    ...["rate_limit_threshold", "ban_threshold"].map((threshold) =>
      range("count", { within: `rate_limit_options.${threshold}`, low: 1, unit: "requests" }),
    ),
    required(["rate_limit_options.enforce_on_key_name"], {
      when: { "rate_limit_options.enforce_on_key": ["HTTP_HEADER", "HTTP_COOKIE"] },
      because: "a limit by header or cookie names it",
      fix: 'Set enforce_on_key_name, for example "X-Api-Key".',
    }),
  ],
};

/** Rules of a Cloud Armor policy. */
export const computeSecurityPolicyRules: readonly ResourceType[] = [
  {
    type: "google_compute_security_policy_rule",
    label: "Cloud Armor rule",
    requiredRole: "roles/compute.securityAdmin",
    deleteImpact,
    fieldRules: [rateLimit, { ...rateLimit, constraints: ruleFields() }],
  },
  {
    type: "google_compute_region_security_policy_rule",
    label: "Cloud Armor rule",
    deleteImpact,
    fieldRules: [rateLimit],
  },
];
