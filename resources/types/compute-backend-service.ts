import type { Attributes } from "../attributes.ts";
import { anything, atLeastOneOf, conflict, custom, form, range } from "../constraints/index.ts";
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
    range("affinity_cookie_ttl_sec", { low: 0, high: limits.affinityCookieTtl }),
    range("connection_draining_timeout_sec", { low: 0, high: limits.drainingTimeoutHigh }),
    range("log_config.sample_rate", { low: 0, high: 1 }),
    ...["custom_request_headers", "custom_response_headers"].map((attribute) =>
      form(attribute, /^[^\s:]+\s*:/, {
        form: "a name, a colon and a value",
        examples: ["X-Client-Region: {client_region}"],
      }),
    ),
  ],
};

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
      security_policy: ["google_compute_region_security_policy", "google_compute_security_policy"],
    },
    deleteImpact,
    fieldRules: [
      {
        ...backendService,
        constraints: [
          ...backendService.constraints.filter(({ until }) => until === undefined),
          custom("backend.balancing_mode: CONNECTION with scheme INTERNAL", balancedByLoad),
          conflict(
            { protocol: ["HTTP", "HTTPS", "HTTP2", "GRPC"], load_balancing_scheme: ["INTERNAL", undefined] },
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
    references: { edge_security_policy: ["google_compute_security_policy"] },
    deleteImpact,
    fieldRules: [cdnPolicy],
  },
];
