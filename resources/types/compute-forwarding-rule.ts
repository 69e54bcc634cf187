import type { Attributes } from "../attributes.ts";
import { conflict, required } from "../constraints/index.ts";
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
