import type { ResourceType } from "../resource-type.ts";

/** Zones and policies of Cloud DNS. */
export const dnsManagedZone: readonly ResourceType[] = [
  {
    type: "google_dns_managed_zone",
    label: "DNS zone",
    importId: "projects/{project}/managedZones/{name}",
    requiredRole: "roles/dns.admin",
    references: { "private_visibility_config.networks.network_url": ["google_compute_network"] },
    deleteImpact: {
      destroyed: "none of its names resolves any more",
      replaced:
        "none of its names resolves until all its records exist again; a public zone gets other name servers",
    },
  },
  {
    type: "google_dns_policy",
    label: "DNS policy",
    references: { "networks.network_url": ["google_compute_network"] },
  },
];
