import type { Rule } from "../rule.ts";
import { httpsProxyTypes, isAbsent, isPresent, text } from "./load-balancer.ts";
import { SSL_POLICY_DOC } from "./sources.ts";

const VERSIONS = ["TLS_1_0", "TLS_1_1", "TLS_1_2"];
const PROFILES = ["COMPATIBLE", "MODERN", "RESTRICTED", "CUSTOM"];

/** The SSL policy is one that the provider takes, and old TLS versions are shut out. */
export const sslPolicy: Rule = {
  id: "edge/ssl-policy",
  why: "Without an SSL policy a load balancer still speaks TLS 1.0; custom features go with the CUSTOM profile only.",
  limit: `min_tls_version ${VERSIONS.join(", ")}; custom_features if and only if profile is CUSTOM`,
  fix: 'Use profile = "MODERN" and min_tls_version = "TLS_1_2".',
  source: SSL_POLICY_DOC,
  example: `resource "google_compute_ssl_policy" "edge" {
  profile         = "MODERN"
  custom_features = ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]
}`,
  *check(graph) {
    for (const policy of graph.all("google_compute_ssl_policy", "google_compute_region_ssl_policy")) {
      const version = text(policy, "min_tls_version");
      const profile = text(policy, "profile");
      if (version !== undefined && !VERSIONS.includes(version))
        yield {
          resource: policy,
          severity: "error",
          message: `min_tls_version is "${version}": refused at plan, provider 6.50 takes ${VERSIONS.join(", ")}.`,
        };
      if (profile !== undefined && !PROFILES.includes(profile))
        yield {
          resource: policy,
          severity: "error",
          message: `profile is "${profile}": refused at plan, provider 6.50 takes ${PROFILES.join(", ")}.`,
        };
      if (profile === "CUSTOM" && isAbsent(policy, "custom_features"))
        yield {
          resource: policy,
          severity: "error",
          message: "profile is CUSTOM without custom_features: refused at plan.",
        };
      const known = policy.get("profile") === undefined || profile !== undefined;
      if (known && profile !== "CUSTOM" && isPresent(policy, "custom_features"))
        yield {
          resource: policy,
          severity: "error",
          message: `custom_features is set, but profile is ${profile ?? "COMPATIBLE by default"}: refused at plan.`,
          fix: "Set profile to CUSTOM or remove custom_features.",
        };
      const old =
        version === undefined ? policy.get("min_tls_version") === undefined : /_1_[01]$/.test(version);
      if (old)
        yield {
          resource: policy,
          severity: "warning",
          message: `min_tls_version is ${version ?? "TLS_1_0 by default"}: clients may use versions of TLS that are broken.`,
        };
    }
    for (const proxy of graph.all(...httpsProxyTypes))
      if (isAbsent(proxy, "ssl_policy"))
        yield {
          resource: proxy,
          severity: "warning",
          message: "the HTTPS proxy has no ssl_policy: it accepts TLS 1.0.",
          fix: "Set ssl_policy to one with min_tls_version TLS_1_2.",
        };
  },
};
