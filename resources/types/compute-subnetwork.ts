import { range, required } from "../constraints/index.ts";
import { durations } from "../durations.ts";
import { serviceNames } from "../impact.ts";
import type { ResourceType } from "../resource-type.ts";

/** Subnet. */
export const computeSubnetwork: ResourceType = {
  type: "google_compute_subnetwork",
  label: "subnet",
  nameScope: "region",
  collection: "subnetworks",
  externalKind: "subnetwork",
  importId: "projects/{project}/regions/{region}/subnetworks/{name}",
  requiredRole: "roles/compute.networkAdmin",
  references: { network: ["google_compute_network"] },
  environmentKeys: { ip_cidr_range: "network.addresses.directEgress" },
  fieldRules: [
    {
      id: "address/proxy-only",
      source: "https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets",
      constraints: [
        required(["role"], {
          when: { purpose: ["REGIONAL_MANAGED_PROXY", "GLOBAL_MANAGED_PROXY"] },
          severity: "warning",
          because: "proxies use the subnet that is active",
          fix: 'Set role = "ACTIVE".',
        }),
      ],
    },
    {
      id: "observability/flow-logs",
      why: "The share of flows that a subnet logs is a fraction; the provider passes on a percentage.",
      source: "https://docs.cloud.google.com/compute/docs/reference/rest/v1/subnetworks",
      constraints: [range("log_config.flow_sampling", { low: 0, high: 1 })],
    },
  ],
  deleteImpact: {
    destroyed: ({ users }) =>
      users.length === 0
        ? `what has an address in it must be deleted first, or the apply fails; addresses of Cloud Run hold it for ${durations.subnetHeld.value}`
        : `${serviceNames(users)} ${users.length === 1 ? "has" : "have"} instances in it: addresses of Cloud Run block its deletion for ${durations.subnetHeld.value}, and the apply fails in the meantime`,
  },
};
