import { anything, conflict, required } from "../constraints/index.ts";
import { vpcLimits } from "../limits.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => releasedAddress(before.string("address"), before.string("purpose")),
};

/** The API does not set an external or single address aside for services. */
const allocatedRange: FieldRule = {
  id: "address/private-services-shape",
  why: "A global address is external and single unless it says otherwise, and the API rejects to set such a one aside for services.",
  fix: 'Write address_type = "INTERNAL", network and prefix_length.',
  source: vpcLimits.privateServicesPrefix.source,
  constraints: [
    conflict(
      { purpose: ["VPC_PEERING"], address_type: ["EXTERNAL", undefined] },
      { because: "a range for private services is INTERNAL", fix: 'Set address_type = "INTERNAL".' },
    ),
    required(["network", "prefix_length"], {
      when: { purpose: ["VPC_PEERING"] },
      because: "a range for private services needs it",
      fix: "Set network, and prefix_length to 16 to 20 for room to grow.",
    }),
  ],
};

/** Static addresses and allocated ranges. */
export const computeAddresses: readonly ResourceType[] = [
  {
    type: "google_compute_address",
    label: "address",
    collection: "addresses",
    externalKind: "address",
    importId: "projects/{project}/regions/{region}/addresses/{name}",
    references: { network: ["google_compute_network"], subnetwork: ["google_compute_subnetwork"] },
    requiredRole: "roles/compute.networkAdmin",
    deleteImpact,
    fieldRules: [
      {
        id: "edge/address",
        source: "https://docs.cloud.google.com/compute/docs/reference/rest/v1/addresses",
        constraints: [
          // One that exists is given a tier.
          conflict(
            { address_type: ["INTERNAL"], network_tier: [anything] },
            {
              unless: { self_link: [anything] },
              because: "tiers are for traffic of the internet",
              fix: "Remove network_tier.",
              source: "https://docs.cloud.google.com/network-tiers/docs/overview",
            },
          ),
          ...["subnetwork", "purpose"].map((attribute) =>
            conflict(
              {
                address_type: ["EXTERNAL", undefined],
                [attribute]: [anything],
                ip_version: [undefined, "IPV4"],
              },
              {
                because: `an external address has no ${attribute}`,
                fix: `Set address_type = "INTERNAL", or remove ${attribute}.`,
              },
            ),
          ),
        ],
      },
    ],
  },
  {
    type: "google_compute_global_address",
    label: "address",
    nameScope: "project",
    collection: "addresses",
    externalKind: "address",
    importId: "projects/{project}/global/addresses/{name}",
    references: { network: ["google_compute_network"] },
    requiredRole: "roles/compute.networkAdmin",
    environmentKeys: {
      address: "network.addresses.privateServices",
      prefix_length: "network.addresses.privateServices",
    },
    deleteImpact,
    fieldRules: [allocatedRange],
  },
];

function releasedAddress(address: string | undefined, purpose: string | undefined): string {
  if (purpose === "VPC_PEERING")
    return "its range is released: new databases and caches get no address from it, and those in it keep it in use";
  const which = address === undefined ? "" : ` ${address}`;
  return `the IP address${which} is released and cannot be had again: clients that have it in DNS or on an allow-list lose access`;
}
