import { durations } from "../../durations.ts";
import type { Removal } from "./removal.ts";

function regional(names: readonly string[]): string[] {
  return names.flatMap((name) => [`google_compute_${name}`, `google_compute_region_${name}`]);
}

/** What public traffic goes through. */
export const edgeRemovals: readonly Removal[] = [
  {
    types: ["google_compute_global_forwarding_rule", "google_compute_forwarding_rule"],
    noun: "forwarding rule",
    destroyed: ({ before }) =>
      `nothing answers on ${place(before.string("ip_address"), before.string("port_range"))} any more`,
    replaced: ({ before }) =>
      `nothing answers on ${place(before.string("ip_address"), before.string("port_range"))} until the new one is there`,
  },
  ...proxies("HTTPS proxy", [...regional(["target_https_proxy"]), "google_compute_target_ssl_proxy"]),
  ...proxies("HTTP proxy", [...regional(["target_http_proxy"]), "google_compute_target_tcp_proxy"]),
  ...proxies("URL map", regional(["url_map"])),
  {
    types: [
      "google_compute_backend_service",
      "google_compute_region_backend_service",
      "google_compute_backend_bucket",
    ],
    noun: "backend",
    destroyed: "the requests that are routed to it fail, or the apply fails while a URL map uses it",
    replaced: ({ createBeforeDestroy }) =>
      createBeforeDestroy
        ? undefined
        : "the requests that are routed to it fail, or the apply fails while a URL map uses it",
  },
  {
    types: [
      ...regional(["managed_ssl_certificate", "ssl_certificate"]),
      "google_certificate_manager_certificate",
      "google_certificate_manager_certificate_map",
      "google_certificate_manager_certificate_map_entry",
    ],
    noun: "certificate",
    destroyed: "browsers are refused on its names",
    replaced: `browsers are refused on its names until the new one is issued, which takes ${durations.certificateIssued.value}; the apply fails while a proxy uses the old one`,
  },
  {
    types: ["google_certificate_manager_dns_authorization"],
    noun: "DNS authorization",
    destroyed: "the certificate cannot be renewed any more",
    replaced:
      "the record that proves the domain changes: the certificate is not issued or renewed until a person writes the new one into DNS",
  },
  {
    types: ["google_compute_security_policy", "google_compute_region_security_policy"],
    noun: "Cloud Armor policy",
    destroyed: "attacks and floods reach the services",
    replaced:
      "attacks and floods reach the services until the new one is attached, or the apply fails while it is in use",
  },
  {
    types: ["google_compute_security_policy_rule", "google_compute_region_security_policy_rule"],
    noun: "Cloud Armor rule",
    destroyed: "what it kept away reaches the services",
    replaced: undefined,
  },
  {
    types: [
      "google_cloud_run_v2_service",
      "google_cloud_run_service",
      "google_cloud_run_v2_worker_pool",
      "google_cloudfunctions2_function",
      "google_cloudfunctions_function",
    ],
    noun: "service",
    destroyed:
      "all its requests fail and its work stops; all its revisions are gone, so there is nothing to roll back to",
    replaced:
      "all its requests fail until the new one is there; all its revisions are gone, so there is nothing to roll back to",
  },
  {
    types: ["google_cloud_run_domain_mapping"],
    noun: "domain mapping",
    destroyed: "its name leads nowhere any more",
    replaced: "its name leads nowhere until the new one is there and has its certificate",
  },
];

function place(address: string | undefined, port: string | undefined): string {
  const where = address === undefined ? "its address" : address;
  return port === undefined ? where : `${where}, port ${port.replace(/^(\d+)-\1$/, "$1")}`;
}

function proxies(noun: string, types: readonly string[]): Removal[] {
  const lost = "the traffic that goes through it is lost, or the apply fails while it is in use";
  return [
    {
      types,
      noun,
      destroyed: lost,
      replaced: ({ createBeforeDestroy }) => (createBeforeDestroy ? undefined : lost),
    },
  ];
}
