import { service } from "../service/cloud-run-fixture.ts";
import type { Resources } from "../support.ts";

type Json = { readonly [key: string]: unknown };

/** What to put over the parts of a correct load balancer; null takes a part away. */
export interface EdgeFixture {
  readonly service?: Json;
  readonly neg?: Json;
  readonly backend?: Json | null;
  readonly backendService?: Json;
  readonly urlMap?: Json;
  readonly redirectMap?: Json;
  readonly httpsProxy?: Json;
  readonly httpProxy?: Json;
  readonly httpsRule?: Json;
  readonly httpRule?: Json;
  readonly certificate?: Json;
}

/** A reference as Terraform JSON writes it. */
export function ref(path: string): string {
  return `\${${path}}`;
}

/** A correct external load balancer in front of one Cloud Run service, with the parts changed as asked. */
export function edge(changes: EdgeFixture = {}, others: Resources = {}): Resources {
  const external = {
    load_balancing_scheme: "EXTERNAL_MANAGED",
    ip_address: ref("google_compute_global_address.edge.id"),
  };
  const resources: { [type: string]: { [name: string]: unknown } } = {
    google_cloud_run_v2_service: {
      api: { ...service(), ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER", ...changes.service },
    },
    google_compute_region_network_endpoint_group: {
      api: {
        name: "api-neg",
        region: "europe-west1",
        network_endpoint_type: "SERVERLESS",
        cloud_run: { service: ref("google_cloud_run_v2_service.api.name") },
        ...changes.neg,
      },
    },
    google_compute_backend_service: {
      api: {
        name: "api",
        load_balancing_scheme: "EXTERNAL_MANAGED",
        protocol: "HTTPS",
        ...(changes.backend === null
          ? {}
          : {
              backend: {
                group: ref("google_compute_region_network_endpoint_group.api.id"),
                ...changes.backend,
              },
            }),
        ...changes.backendService,
      },
    },
    google_compute_url_map: {
      edge: {
        name: "edge",
        default_service: ref("google_compute_backend_service.api.id"),
        ...changes.urlMap,
      },
      redirect: {
        name: "redirect",
        default_url_redirect: { https_redirect: true, strip_query: false },
        ...changes.redirectMap,
      },
    },
    google_compute_managed_ssl_certificate: {
      edge: {
        name: "edge",
        managed: { domains: ["example.com", "api.example.com"] },
        ...changes.certificate,
      },
    },
    google_compute_ssl_policy: { edge: { name: "edge", profile: "MODERN", min_tls_version: "TLS_1_2" } },
    google_compute_target_https_proxy: {
      edge: {
        name: "edge",
        url_map: ref("google_compute_url_map.edge.id"),
        ssl_certificates: [ref("google_compute_managed_ssl_certificate.edge.id")],
        ssl_policy: ref("google_compute_ssl_policy.edge.id"),
        ...changes.httpsProxy,
      },
    },
    google_compute_target_http_proxy: {
      edge: { name: "edge", url_map: ref("google_compute_url_map.redirect.id"), ...changes.httpProxy },
    },
    google_compute_global_address: { edge: { name: "edge" } },
    google_compute_global_forwarding_rule: {
      https: {
        name: "https",
        target: ref("google_compute_target_https_proxy.edge.id"),
        port_range: "443",
        ...external,
        ...changes.httpsRule,
      },
      http: {
        name: "http",
        target: ref("google_compute_target_http_proxy.edge.id"),
        port_range: "80",
        ...external,
        ...changes.httpRule,
      },
    },
  };
  for (const [type, named] of Object.entries(others)) resources[type] = { ...resources[type], ...named };
  return resources;
}
