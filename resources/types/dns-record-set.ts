import type { ResourceType } from "../resource-type.ts";

/** Record of a DNS zone. */
export const dnsRecordSet: ResourceType = {
  type: "google_dns_record_set",
  label: "DNS record",
  requiredRole: "roles/dns.admin",
  references: { managed_zone: ["google_dns_managed_zone"] },
  deleteImpact: {
    destroyed: ({ before }) => `${before.string("name") ?? "its name"} no longer resolves`,
    replaced: ({ before }) =>
      `${before.string("name") ?? "its name"} does not resolve for a moment, and resolvers cache the missing name`,
  },
};
