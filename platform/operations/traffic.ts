import type { PlatformNames } from "../names.ts";
import type { Service } from "../schema/environment.ts";
import type { Series } from "./alert.ts";

/**
 * Metrics of a service's requests: of the load balancer for a public service, because Cloud Run does not count requests
 * that find no instance (incident I-1); of Cloud Run for an internal one.
 */
export interface Traffic {
  readonly requests: Series;
  readonly errors: Series;
  /** Of successful requests only: a WebSocket is a request with status 101 that lasts while it is open. */
  readonly latencies: Series;
}

export function trafficOf(service: Service, names: PlatformNames): Traffic {
  return service.exposure.length > 0
    ? atLoadBalancer(names, { backend_target_name: names.edge(service.name) })
    : atCloudRun(names, service);
}

/**
 * Cloud Run writes the class of a status "5xx", the load balancer 500.
 *
 * @param region labels of one region (`regionLabels`); all regions together where there are none
 */
export function atCloudRun(
  names: PlatformNames,
  service: Service,
  region: Readonly<Record<string, string>> = {},
): Traffic {
  const revision = {
    resource: "cloud_run_revision",
    resourceLabels: { service_name: names.service(service.name), ...region },
  };
  const requests = { ...revision, metric: "run.googleapis.com/request_count" };
  return {
    requests,
    errors: { ...requests, metricLabels: { response_code_class: "5xx" } },
    latencies: {
      ...revision,
      metric: "run.googleapis.com/request_latencies",
      metricLabels: { response_code_class: "2xx" },
    },
  };
}

/** @param labels of one backend; all of them together where there are none */
export function atLoadBalancer(names: PlatformNames, labels: Readonly<Record<string, string>> = {}): Traffic {
  const rule = { resource: "https_lb_rule", resourceLabels: { url_map_name: names.edge("lb"), ...labels } };
  const requests = { ...rule, metric: "loadbalancing.googleapis.com/https/request_count" };
  return {
    requests,
    errors: { ...requests, metricLabels: { response_code_class: 500 } },
    latencies: {
      ...rule,
      metric: "loadbalancing.googleapis.com/https/total_latencies",
      metricLabels: { response_code_class: 200 },
    },
  };
}
