import type { Attributes } from "../attributes.ts";
import { anything, atLeastOneOf, conflict, custom, form, range, required } from "../constraints/index.ts";
import { loadBalancerLimits as limits } from "../limits.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";
import { cdnPolicy } from "./compute-backend-service/cdn-policy.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the requests that are routed to it fail, or the apply fails while a URL map uses it",
  replaced: ({ createBeforeDestroy }) =>
    createBeforeDestroy
      ? undefined
      : "the requests that are routed to it fail, or the apply fails while a URL map uses it",
};

/** Cloud CDN caches in front of the whole world. */
const noCache = conflict(
  { enable_cdn: [true], load_balancing_scheme: ["INTERNAL_MANAGED", "INTERNAL"] },
  {
    because: "Cloud CDN is for global external load balancers",
    fix: "Remove enable_cdn.",
    source: "https://docs.cloud.google.com/cdn/docs/overview",
  },
);

const backendService: FieldRule = {
  id: "edge/backend-service",
  source: limits.drainingTimeoutHigh.source,
  constraints: [
    conflict(
      { enable_cdn: [true], "iap.enabled": [true, undefined] },
      {
        when: { iap: [anything] },
        because: "a cache cannot check who asks",
        fix: "Turn one of them off, for example with enable_cdn = false.",
      },
    ),
    ...(
      [
        ["EXTERNAL", {}],
        [undefined, { until: "8.0.0" }],
      ] as const
    ).map(([scheme, versions]) =>
      conflict(
        { outlier_detection: [anything], load_balancing_scheme: [scheme] },
        {
          ...versions,
          because: "a classic load balancer has no outlier detection",
          fix: 'Set load_balancing_scheme = "EXTERNAL_MANAGED", or remove outlier_detection.',
        },
      ),
    ),
    atLeastOneOf(["max_rate", "max_rate_per_instance", "max_rate_per_endpoint"], {
      within: "backend[]",
      when: { balancing_mode: ["RATE"] },
      because: "a backend that is balanced by rate has one",
      fix: "Set for example max_rate_per_endpoint = 100.",
    }),
    custom("session_affinity of a passthrough load balancer: addresses only", affinityOfProxies),
    custom("backend: a bound of connections where a proxy balances by CONNECTION", unboundedConnections),
    noCache,
    custom("backend.balancing_mode: UTILIZATION or RATE for HTTP", countedByConnections),
    required(["iap.oauth2_client_secret"], {
      when: {
        "iap.oauth2_client_id": [anything],
        "iap.oauth2_client_secret_sha256": [undefined],
        "iap.oauth2_client_secret_wo": [undefined],
      },
      because: "a client of OAuth has both an id and a secret",
      fix: "Set oauth2_client_secret too, or remove oauth2_client_id for the client of Google.",
      source: "https://docs.cloud.google.com/iap/docs/custom-oauth-configuration",
    }),
    range("affinity_cookie_ttl_sec", { low: 0, high: limits.affinityCookieTtl }),
    range("connection_draining_timeout_sec", { low: 0, high: limits.drainingTimeoutHigh }),
    range("log_config.sample_rate", { low: 0, high: 1 }),
    range("max_utilization", {
      within: "backend[]",
      low: 0,
      high: 1,
      because: "it is a share, not percent",
      fix: "Write for example 0.8.",
    }),
    ...["custom_request_headers", "custom_response_headers"].map((attribute) =>
      form(attribute, /^[^\s:]+\s*:/, {
        form: "a name, a colon and a value",
        examples: ["X-Client-Region: {client_region}"],
      }),
    ),
  ],
};

/** What the provider refuses in a backend of a passthrough load balancer. */
const OF_PROXIES = [
  "capacity_scaler",
  "max_connections",
  "max_connections_per_instance",
  "max_connections_per_endpoint",
  "max_rate",
  "max_rate_per_instance",
  "max_rate_per_endpoint",
  "max_utilization",
];

/** A passthrough load balancer hands on packets, and limits nothing. */
function* limitedPassthrough(service: Attributes) {
  const scheme = service.get("load_balancing_scheme") ?? "INTERNAL";
  if (scheme !== "INTERNAL" && scheme !== "EXTERNAL") return;
  for (const backend of service.blocks("backend"))
    for (const attribute of OF_PROXIES)
      if ((backend.number(attribute) ?? 0) !== 0)
        yield {
          found: `backend.${attribute} is ${backend.number(attribute)} with scheme ${scheme}`,
          because: "a passthrough load balancer does not limit its backends",
          fix: `Remove ${attribute}.`,
          outcome: "rejected at plan" as const,
        };
}

/** Connections are counted for TCP and SSL proxies, requests for HTTP ones. */
function* countedByConnections(service: Attributes) {
  const protocol = service.string("protocol") ?? "";
  if (!/^(HTTP|HTTPS|HTTP2|H2C)$/.test(protocol)) return;
  if (!/_MANAGED$/.test(service.string("load_balancing_scheme") ?? "")) return;
  for (const backend of service.blocks("backend"))
    if (backend.string("balancing_mode") === "CONNECTION")
      yield {
        found: `backend.balancing_mode is CONNECTION with protocol ${protocol}`,
        because: "a load balancer of HTTP counts requests",
        fix: 'Set balancing_mode = "UTILIZATION", or "RATE" with a max_rate.',
      };
}

/** A passthrough load balancer knows connections only. */
function* balancedByLoad(service: Attributes) {
  if (service.string("load_balancing_scheme") !== "INTERNAL") return;
  for (const backend of service.blocks("backend")) {
    const mode = backend.string("balancing_mode");
    if (mode === "UTILIZATION" || mode === "RATE")
      yield {
        found: `backend.balancing_mode is ${mode} with scheme INTERNAL`,
        because: "an internal passthrough load balancer counts connections",
        fix: 'Set balancing_mode = "CONNECTION".',
      };
  }
}

/** Backend services and buckets. */
export const computeBackendServices: readonly ResourceType[] = [
  {
    type: "google_compute_backend_service",
    label: "backend service",
    nameScope: "project",
    collection: "backendServices",
    requiredRole: "roles/compute.loadBalancerAdmin",
    defaults: {
      load_balancing_scheme: [
        { value: "EXTERNAL", until: "8.0.0" },
        { value: "EXTERNAL_MANAGED", since: "8.0.0" },
      ],
    },
    references: {
      "backend.group": [
        "google_compute_region_network_endpoint_group",
        "google_compute_network_endpoint_group",
        "google_compute_global_network_endpoint_group",
      ],
      health_checks: ["google_compute_health_check"],
      security_policy: ["google_compute_security_policy"],
      edge_security_policy: ["google_compute_security_policy"],
    },
    deleteImpact,
    fieldRules: [backendService, cdnPolicy],
  },
  {
    type: "google_compute_region_backend_service",
    label: "backend service",
    nameScope: "region",
    collection: "backendServices",
    defaults: { load_balancing_scheme: [{ value: "INTERNAL" }] },
    references: {
      "backend.group": [
        "google_compute_region_network_endpoint_group",
        "google_compute_network_endpoint_group",
        "google_compute_global_network_endpoint_group",
      ],
      health_checks: ["google_compute_region_health_check", "google_compute_health_check"],
      security_policy: ["google_compute_region_security_policy"],
    },
    deleteImpact,
    fieldRules: [
      {
        ...backendService,
        constraints: [
          ...backendService.constraints.filter(({ until }) => until === undefined),
          custom("backend.balancing_mode: CONNECTION with scheme INTERNAL", balancedByLoad),
          custom("backend: no limits with schemes INTERNAL and EXTERNAL", limitedPassthrough),
          conflict(
            {
              protocol: ["HTTP", "HTTPS", "HTTP2", "GRPC"],
              load_balancing_scheme: ["INTERNAL", undefined],
            },
            {
              because: "INTERNAL (the default) is a passthrough load balancer, for TCP and UDP",
              fix: 'Set load_balancing_scheme = "INTERNAL_MANAGED", or protocol = "TCP".',
            },
          ),
        ],
      },
    ],
  },
  {
    type: "google_compute_backend_bucket",
    label: "backend bucket",
    nameScope: "project",
    collection: "backendBuckets",
    requiredRole: "roles/compute.loadBalancerAdmin",
    references: {
      bucket_name: ["google_storage_bucket"],
      edge_security_policy: ["google_compute_security_policy"],
    },
    deleteImpact,
    fieldRules: [
      cdnPolicy,
      {
        id: "data/bucket-name",
        source: "https://docs.cloud.google.com/storage/docs/buckets#naming",
        constraints: [
          form("bucket_name", /^(?!gs:\/\/)[^/\0]+$/, {
            form: "the name of a bucket, without gs://",
            examples: ["acme-web"],
          }),
        ],
      },
    ],
  },
];

const CONNECTIONS = ["max_connections", "max_connections_per_instance", "max_connections_per_endpoint"];

/** A passthrough load balancer takes no bound. */
function* unboundedConnections(service: Attributes) {
  if (service.string("load_balancing_scheme")?.endsWith("_MANAGED") !== true) return;
  for (const backend of service.blocks("backend"))
    if (
      backend.string("balancing_mode") === "CONNECTION" &&
      CONNECTIONS.every((bound) => backend.get(bound) === undefined)
    )
      yield {
        found: `balancing_mode of a backend is CONNECTION without ${CONNECTIONS.join(", ")}`,
        because: "a proxy balances by a bound of connections",
        fix: "Set for example max_connections_per_endpoint = 1000.",
      };
}

/** What a passthrough load balancer, which reads no requests, cannot follow. */
function* affinityOfProxies(service: Attributes) {
  const affinity = service.string("session_affinity") ?? "";
  if (service.string("load_balancing_scheme") !== "INTERNAL" || !/COOKIE|HEADER/.test(affinity)) return;
  yield {
    found: `session_affinity is ${affinity} with load_balancing_scheme INTERNAL`,
    because: "a passthrough load balancer reads neither cookies nor headers",
    fix: 'Set session_affinity = "CLIENT_IP".',
  };
}
