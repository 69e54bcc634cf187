import { choice, conflict, forbidden, required } from "../constraints/index.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  safe: "the API rejects the deletion of one that is in use",
};

const AT_PLAN = { outcome: "rejected at plan" } as const;
/** The release that took both TLS 1.3 and the FIPS profile. */
const MORE = "7.17.0";

const sslPolicy: FieldRule = {
  id: "edge/ssl-policy",
  why: "Without an SSL policy a load balancer accepts TLS 1.0; features go with the CUSTOM profile only.",
  fix: 'Set profile = "MODERN" and min_tls_version = "TLS_1_2".',
  source: "https://docs.cloud.google.com/load-balancing/docs/ssl-policies-concepts",
  constraints: [
    choice("min_tls_version", ["TLS_1_0", "TLS_1_1", "TLS_1_2"], { added: { TLS_1_3: MORE }, ...AT_PLAN }),
    choice("profile", ["COMPATIBLE", "MODERN", "RESTRICTED", "CUSTOM"], {
      added: { FIPS_202205: MORE },
      ...AT_PLAN,
    }),
    required(["custom_features"], {
      when: { profile: ["CUSTOM"] },
      because: "the CUSTOM profile consists of its features",
      fix: 'List the features, for example "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", or set profile = "MODERN".',
      ...AT_PLAN,
    }),
    forbidden(["custom_features"], {
      when: { profile: ["COMPATIBLE", "MODERN", "RESTRICTED", "FIPS_202205", undefined] },
      because: "only the CUSTOM profile takes features",
      fix: 'Set profile = "CUSTOM", or remove custom_features.',
      ...AT_PLAN,
    }),
    conflict(
      { min_tls_version: ["TLS_1_3"], profile: ["COMPATIBLE", "MODERN", "CUSTOM", "FIPS_202205", undefined] },
      { because: "TLS 1.3 as the minimum goes with RESTRICTED", fix: 'Set profile = "RESTRICTED".' },
    ),
    conflict(
      { profile: ["FIPS_202205"], min_tls_version: ["TLS_1_0", "TLS_1_1", undefined] },
      { because: "FIPS_202205 goes with TLS 1.2", fix: 'Set min_tls_version = "TLS_1_2".' },
    ),
    conflict(
      { min_tls_version: ["TLS_1_0", "TLS_1_1", undefined] },
      {
        severity: "warning",
        outcome: "is a security risk",
        because: "clients may negotiate TLS 1.0 or 1.1, which are broken",
        fix: 'Set min_tls_version = "TLS_1_2".',
      },
    ),
  ],
};

/** SSL policies. */
export const computeSslPolicies: readonly ResourceType[] = [
  {
    type: "google_compute_ssl_policy",
    label: "SSL policy",
    nameScope: "project",
    collection: "sslPolicies",
    requiredRole: "roles/compute.securityAdmin",
    deleteImpact,
    fieldRules: [sslPolicy],
  },
  { type: "google_compute_region_ssl_policy", label: "SSL policy", deleteImpact, fieldRules: [sslPolicy] },
];
