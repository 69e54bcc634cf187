import type { Attributes } from "../attributes.ts";
import { anything, type Constraint, forbidden, form, range, required } from "../constraints/index.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const DOC = "https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-details";
const RULE = { id: "reachability/firewall-policy-shape", source: DOC } as const;

/** Rules with higher numbers are Google's. */
const HIGHEST_PRIORITY = 2147483547;

const INSPECTION = "apply_security_profile_group";
/** Actions that look at addresses and ports only. */
const PLAIN = ["allow", "deny", "goto_next"];
const WITHOUT_PORTS = ["all", "icmp", "icmpv6", "esp", "ah", "ipip"];

/** What rules of one direction can match at one end. */
const BY_DIRECTION: readonly (readonly [direction: string, end: string, other: string])[] = [
  ["EGRESS", "src", "dest"],
  ["INGRESS", "dest", "src"],
];

/** Lists that only match the far end of a connection. */
const FAR = ["fqdns", "region_codes", "threat_intelligences"];

const matches: readonly Constraint[] = [
  ...BY_DIRECTION.flatMap(([direction, end, other]) => [
    forbidden(
      FAR.map((list) => `match.${end}_${list}`),
      {
        when: { direction: [direction] },
        because: `a rule of ${direction} matches the other end by them`,
        fix: `Write it for the other end, for example as match.${other}_fqdns.`,
      },
    ),
  ]),
  forbidden(["match.src_secure_tags"], {
    when: { direction: ["EGRESS"] },
    because: "only a rule of INGRESS knows the tags of the source",
    fix: "Use target_secure_tags.",
  }),
  ...["src", "dest"].map((end) =>
    form(`match.${end}_region_codes`, /^[A-Z]{2}$/, {
      form: "a country in two capital letters (ISO 3166-1)",
      examples: ["DE"],
    }),
  ),
  forbidden(["ports"], {
    within: "match.layer4_configs[]",
    when: { ip_protocol: WITHOUT_PORTS },
    because: "that protocol has no ports",
    fix: 'Remove ports, or set ip_protocol = "tcp".',
  }),
];

const ruleOfPolicy: FieldRule = {
  ...RULE,
  why: "The provider lets parts of a rule pass that contradict its action or direction, and the API rejects them.",
  constraints: [
    range("priority", { low: 0, high: HIGHEST_PRIORITY }),
    ...matches,
    forbidden(["enable_logging"], {
      when: { action: ["goto_next"], enable_logging: [true] },
      because: "what goes on to the next rule is not logged",
      fix: "Remove enable_logging.",
    }),
    required(["security_profile_group"], {
      when: { action: [INSPECTION] },
      because: "packets are inspected by a profile group",
      fix: "Set security_profile_group to the id of google_network_security_security_profile_group.",
    }),
    forbidden(["security_profile_group"], {
      when: { action: PLAIN },
      because: `only ${INSPECTION} inspects packets`,
      fix: `Set action = "${INSPECTION}", or remove it.`,
    }),
    forbidden(["tls_inspect"], {
      when: { action: PLAIN, tls_inspect: [true] },
      because: `only ${INSPECTION} looks into TLS`,
      fix: `Set action = "${INSPECTION}", or remove tls_inspect.`,
    }),
    ...["target_secure_tags[]", "match.src_secure_tags[]"].map((within) =>
      form("name", /^tagValues\/\d+$|^(?:[^/\0]+\/){2}[^/\0]+$/, {
        within,
        form: "tagValues/NUMBER",
        examples: ["tagValues/281478409127147"],
        source: "https://docs.cloud.google.com/firewall/docs/use-tags-for-firewalls",
      }),
    ),
    forbidden(["target_secure_tags"], {
      when: { target_service_accounts: [anything] },
      because: "a rule is for machines with tags or for those of service accounts",
      fix: "Keep one of them.",
    }),
  ],
};

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => effect(before, "permanently"),
  replaced: ({ before }) => effect(before, "until the new one exists"),
};

function effect(before: Attributes, howLong: string): string {
  return before.string("action") === "deny"
    ? `what it denied is let through ${howLong}, unless another rule denies it`
    : `what it allowed is dropped ${howLong}, unless another rule allows it`;
}

/** Firewall policies of networks, and of folders and the organization. */
export const computeFirewallPolicies: readonly ResourceType[] = [
  {
    type: "google_compute_firewall_policy",
    label: "firewall policy",
    nameAttribute: "short_name",
    fieldRules: [
      {
        ...RULE,
        constraints: [
          form("parent", /^(organizations|folders)\/\d+$/, {
            form: "organizations/NUMBER or folders/NUMBER",
            examples: ["folders/123456789012"],
            source: "https://docs.cloud.google.com/firewall/docs/firewall-policies-overview",
          }),
        ],
      },
    ],
  },
  {
    type: "google_compute_firewall_policy_rule",
    label: "firewall rule",
    nameAttribute: null,
    references: { firewall_policy: ["google_compute_firewall_policy"] },
    deleteImpact,
    fieldRules: [ruleOfPolicy],
  },
  { type: "google_compute_network_firewall_policy", label: "firewall policy" },
  {
    type: "google_compute_network_firewall_policy_rule",
    label: "firewall rule",
    nameAttribute: null,
    references: { firewall_policy: ["google_compute_network_firewall_policy"] },
    deleteImpact,
    fieldRules: [ruleOfPolicy],
  },
  { type: "google_compute_region_network_firewall_policy", label: "firewall policy" },
  {
    type: "google_compute_region_network_firewall_policy_rule",
    label: "firewall rule",
    nameAttribute: null,
    references: { firewall_policy: ["google_compute_region_network_firewall_policy"] },
    deleteImpact,
    fieldRules: [ruleOfPolicy],
  },
  {
    type: "google_compute_network_firewall_policy_association",
    label: "firewall policy association",
    references: {
      firewall_policy: ["google_compute_network_firewall_policy"],
      attachment_target: ["google_compute_network"],
    },
  },
  {
    type: "google_compute_region_network_firewall_policy_association",
    label: "firewall policy association",
    references: {
      firewall_policy: ["google_compute_region_network_firewall_policy"],
      attachment_target: ["google_compute_network"],
    },
  },
];
