import type { ResourceType } from "../resource-type.ts";

/** Cloud DNS zone. */
export const dnsManagedZone: ResourceType = {
  type: "google_dns_managed_zone",
  label: "DNS zone",
  importId: "projects/{project}/managedZones/{name}",
  requiredRole: "roles/dns.admin",
  deleteImpact: {
    destroyed: "none of its names resolves any more",
    replaced:
      "none of its names resolves until all its records exist again; a public zone gets other name servers",
  },
};
