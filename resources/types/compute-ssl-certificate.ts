import { exactlyOneOf, size } from "../constraints/index.ts";
import { durations } from "../durations.ts";
import type { ResourceType } from "../resource-type.ts";
import { authorizedWildcards, classicDomains } from "./compute-ssl-certificate/domains.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "browsers reject connections to its names",
  replaced: `browsers reject connections to its names until the new one is issued, which takes ${durations.certificateIssued.value}; the apply fails while a proxy uses the old one`,
};

/** Certificates of Compute Engine and Certificate Manager. */
export const sslCertificates: readonly ResourceType[] = [
  {
    type: "google_compute_managed_ssl_certificate",
    label: "certificate",
    nameScope: "project",
    collection: "sslCertificates",
    deleteImpact,
    fieldRules: [classicDomains],
  },
  { type: "google_compute_region_managed_ssl_certificate", label: "certificate", deleteImpact },
  {
    type: "google_compute_ssl_certificate",
    label: "certificate",
    collection: "sslCertificates",
    deleteImpact,
  },
  { type: "google_compute_region_ssl_certificate", label: "certificate", deleteImpact },
  {
    type: "google_certificate_manager_certificate",
    label: "certificate",
    requiredRole: "roles/certificatemanager.owner",
    references: { "managed.dns_authorizations": ["google_certificate_manager_dns_authorization"] },
    deleteImpact,
    fieldRules: [authorizedWildcards],
  },
  {
    type: "google_certificate_manager_certificate_map",
    label: "certificate",
    requiredRole: "roles/certificatemanager.owner",
    deleteImpact,
  },
  {
    type: "google_certificate_manager_certificate_map_entry",
    label: "certificate",
    requiredRole: "roles/certificatemanager.owner",
    references: { map: ["google_certificate_manager_certificate_map"] },
    deleteImpact,
    fieldRules: [
      {
        id: "edge/certificate-map",
        source: "https://docs.cloud.google.com/certificate-manager/docs/maps",
        constraints: [
          exactlyOneOf(["hostname", "matcher"], {
            outcome: "rejected at plan",
            fix: 'Keep hostname for one host, or matcher = "PRIMARY" for all others.',
          }),
          size("certificates", "entries", {
            high: 4,
            fix: "Keep one certificate of each key algorithm.",
            source: "https://docs.cloud.google.com/certificate-manager/docs/quotas",
          }),
        ],
      },
    ],
  },
];
