import type { ResourceType } from "../resource-type.ts";
import { authorizationDomain } from "./compute-ssl-certificate/domains.ts";

/** Proof of a domain for a certificate. */
export const dnsAuthorization: ResourceType = {
  type: "google_certificate_manager_dns_authorization",
  label: "DNS authorization",
  requiredRole: "roles/certificatemanager.owner",
  deleteImpact: {
    destroyed: "the certificate can no longer be renewed",
    replaced:
      "the record that proves the domain changes: the certificate is not issued or renewed until a person writes the new one into DNS",
  },
  fieldRules: [authorizationDomain],
};
