import type { Attributes } from "../attributes.ts";
import { anything, conflict, forbidden, form, required } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => `nothing answers on ${frontEnd(before)} any more`,
  replaced: ({ before }) => `nothing answers on ${frontEnd(before)} until the new one exists`,
};

/** Front end of a load balancer. */
export const computeForwardingRules: readonly ResourceType[] = [
  {
    type: "google_compute_global_forwarding_rule",
    label: "forwarding rule",
    nameScope: "project",
    requiredRole: "roles/compute.loadBalancerAdmin",
    defaults: {
      load_balancing_scheme: [
        { value: "EXTERNAL", until: "8.0.0" },
        { value: "EXTERNAL_MANAGED", since: "8.0.0" },
      ],
    },
    references: {
      target: ["google_compute_target_http_proxy", "google_compute_target_https_proxy"],
      ip_address: ["google_compute_global_address"],
    },
    deleteImpact,
    fieldRules: [
      {
        id: "edge/address",
        source: "https://docs.cloud.google.com/load-balancing/docs/forwarding-rule-concepts",
        constraints: [
          conflict(
            { network_tier: ["STANDARD"] },
            { because: "a global forwarding rule is PREMIUM only", fix: "Remove network_tier." },
          ),
          form("target", /\/|^(all-apis|vpc-sc)$/, {
            form: "a proxy, all-apis or vpc-sc",
            examples: ["all-apis"],
            source: "https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis",
          }),
        ],
      },
    ],
  },
  {
    type: "google_compute_forwarding_rule",
    label: "forwarding rule",
    nameScope: "region",
    defaults: { load_balancing_scheme: [{ value: "EXTERNAL" }] },
    references: {
      target: ["google_compute_region_target_http_proxy", "google_compute_region_target_https_proxy"],
      ip_address: ["google_compute_address"],
    },
    deleteImpact,
    fieldRules: [
      {
        id: "edge/forwarding-port",
        source: "https://docs.cloud.google.com/load-balancing/docs/forwarding-rule-concepts",
        constraints: [
          conflict(
            { ports: [anything], all_ports: [true] },
            { because: "all ports are more than some", fix: "Keep one of them." },
          ),
          forbidden(["ports", "all_ports"], {
            when: { target: [anything] },
            because: "they are for a rule with backend_service",
            fix: 'Write port_range, for example port_range = "443".',
          }),
          forbidden(["port_range"], {
            when: { load_balancing_scheme: ["INTERNAL"], backend_service: [anything] },
            because: "an internal passthrough load balancer takes single ports",
            fix: 'Write ports, for example ports = ["443"].',
          }),
          required(["all_ports"], {
            when: { ip_protocol: ["L3_DEFAULT"] },
            because: "L3_DEFAULT forwards every port",
            fix: "Set all_ports = true.",
          }),
        ],
      },
    ],
  },
];

function frontEnd(before: Attributes): string {
  const [address, port] = [before.string("ip_address") ?? "its address", before.string("port_range")];
  return port === undefined ? address : `${address}, port ${port.replace(/^(\d+)-\1$/, "$1")}`;
}
