import { anything, conflict, form, required } from "../constraints/index.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";
import { keepAlive } from "./keep-alive.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the traffic that it carries is lost, or the apply fails while it is in use",
  replaced: ({ createBeforeDestroy }) =>
    createBeforeDestroy
      ? undefined
      : "the traffic that it carries is lost, or the apply fails while it is in use",
};

const MAP =
  /^\/\/certificatemanager\.googleapis\.com\/projects\/[^/]+\/locations\/[^/]+\/certificateMaps\/[^/]+$/;

const withPolicy: FieldRule = {
  id: "edge/ssl-policy",
  source: "https://docs.cloud.google.com/load-balancing/docs/ssl-policies-concepts",
  constraints: [
    required(["ssl_policy"], {
      severity: "warning",
      outcome: "fails at run time",
      because: "the default policy accepts TLS 1.0",
      fix: 'Set ssl_policy to a policy with min_tls_version = "TLS_1_2".',
    }),
  ],
};

const certificates: FieldRule = {
  id: "edge/proxy-certificates",
  source: "https://docs.cloud.google.com/load-balancing/docs/ssl-certificates",
  constraints: [
    conflict(
      { ssl_certificates: [anything], certificate_map: [anything] },
      {
        severity: "warning",
        outcome: "fails at run time",
        because: "ssl_certificates is ignored",
        fix: "Remove ssl_certificates once every domain is in the certificate map.",
      },
    ),
    conflict(
      { ssl_certificates: [anything], certificate_manager_certificates: [anything] },
      { outcome: "rejected at plan" },
    ),
    form("certificate_map", MAP, {
      form: "the full name of a map, //certificatemanager.googleapis.com/projects/PROJECT/locations/global/certificateMaps/NAME",
      examples: [
        "//certificatemanager.googleapis.com/projects/acme-dev/locations/global/certificateMaps/edge",
      ],
    }),
  ],
};

/** TLS front ends of a load balancer. */
export const computeTargetHttpsProxies: readonly ResourceType[] = [
  {
    type: "google_compute_target_https_proxy",
    label: "HTTPS proxy",
    nameScope: "project",
    collection: "targetHttpsProxies",
    requiredRole: "roles/compute.loadBalancerAdmin",
    references: {
      url_map: ["google_compute_url_map"],
      ssl_certificates: ["google_compute_managed_ssl_certificate", "google_compute_ssl_certificate"],
      ssl_policy: ["google_compute_ssl_policy"],
    },
    deleteImpact,
    fieldRules: [certificates, keepAlive, withPolicy],
  },
  {
    type: "google_compute_region_target_https_proxy",
    label: "HTTPS proxy",
    nameScope: "region",
    references: {
      url_map: ["google_compute_region_url_map"],
      ssl_certificates: [
        "google_compute_region_managed_ssl_certificate",
        "google_compute_region_ssl_certificate",
      ],
      ssl_policy: ["google_compute_region_ssl_policy"],
    },
    deleteImpact,
    fieldRules: [certificates, keepAlive, withPolicy],
  },
  { type: "google_compute_target_ssl_proxy", label: "HTTPS proxy", deleteImpact },
];
