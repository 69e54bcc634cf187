import type { Attributes } from "../attributes.ts";
import { anything, atLeastOneOf, exactlyOneOf, forbidden, range } from "../constraints/index.ts";
import { vpcLimits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => firewallEffect(before, "permanently"),
  replaced: ({ before }) => firewallEffect(before, "until the new one exists"),
};

const SOURCES = ["source_ranges", "source_tags", "source_service_accounts"];

/** Firewall rules. */
export const computeFirewall: readonly ResourceType[] = [
  {
    type: "google_compute_firewall",
    label: "firewall rule",
    nameScope: "project",
    requiredRole: "roles/compute.securityAdmin",
    references: {
      network: ["google_compute_network"],
      source_service_accounts: ["google_service_account"],
      target_service_accounts: ["google_service_account"],
    },
    deleteImpact,
    fieldRules: [
      {
        id: "reachability/firewall-shape",
        why: "The provider or the API rejects a firewall rule whose parts contradict each other.",
        fix: "Keep the parts that belong to the rule's direction.",
        source: "https://docs.cloud.google.com/firewall/docs/firewalls",
        constraints: [
          exactlyOneOf(["allow", "deny"], {
            fix: "Keep allow or deny; split the rule where both are meant.",
          }),
          forbidden(SOURCES, {
            when: { direction: ["EGRESS"] },
            because: "sources belong to INGRESS rules",
            fix: 'Use destination_ranges, for example ["10.0.0.0/8"].',
          }),
          // Before 4.0.0 the provider took every source where none was set.
          atLeastOneOf([...SOURCES, "destination_ranges"], {
            when: { direction: ["INGRESS", undefined] },
            since: "4.0.0",
            severity: "warning",
            outcome: "rejected at plan",
            fix: 'Set source_ranges, for example ["10.0.0.0/8"].',
          }),
          forbidden(["destination_ranges"], {
            when: {
              direction: ["INGRESS", undefined],
              ...Object.fromEntries(SOURCES.map((source) => [source, [undefined]])),
            },
            because: `an INGRESS rule (the default direction) has one of ${SOURCES.join(", ")}`,
            fix: 'Set direction = "EGRESS", or add source_ranges.',
          }),
          ...["source_tags", "target_tags"].map((tags) =>
            forbidden(["source_service_accounts", "target_service_accounts"], {
              when: { [tags]: [anything] },
              because: "tags and service accounts exclude each other",
              fix: "Use either tags or service accounts.",
            }),
          ),
          range("priority", { low: 0, high: vpcLimits.firewallPriorityHigh, unit: "" }),
        ],
      },
    ],
  },
  { type: "google_compute_firewall_policy_rule", label: "firewall rule", deleteImpact },
  { type: "google_compute_network_firewall_policy_rule", label: "firewall rule", deleteImpact },
];

function firewallEffect(before: Attributes, howLong: string): string {
  return before.blocks("deny").length > 0
    ? `what it denied is let through ${howLong}`
    : `what it allowed is dropped ${howLong}, unless another rule allows it`;
}
