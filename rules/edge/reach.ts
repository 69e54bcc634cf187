import type { Graph, Resource, Value } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { elements, follow, routedValues } from "./load-balancer.ts";
import { FORWARDING_DOC } from "./sources.ts";

interface Link {
  readonly from: string;
  readonly values: (resource: Resource) => readonly (Value | undefined)[];
  /** Types of the other reach, which the API refuses there. */
  readonly refused: readonly string[];
}

const one = (name: string) => (resource: Resource) => [resource.get(name)];
const many = (name: string) => (resource: Resource) => {
  const value = resource.get(name);
  return elements(value) ?? [value];
};

const GLOBAL_PROXIES = ["google_compute_target_http_proxy", "google_compute_target_https_proxy"];
const REGIONAL_PROXIES = [
  "google_compute_region_target_http_proxy",
  "google_compute_region_target_https_proxy",
];

const LINKS: readonly Link[] = [
  { from: "google_compute_global_forwarding_rule", values: one("target"), refused: REGIONAL_PROXIES },
  ...GLOBAL_PROXIES.map((from) => ({
    from,
    values: one("url_map"),
    refused: ["google_compute_region_url_map"],
  })),
  ...REGIONAL_PROXIES.map((from) => ({ from, values: one("url_map"), refused: ["google_compute_url_map"] })),
  {
    from: "google_compute_url_map",
    values: routedValues,
    refused: ["google_compute_region_backend_service"],
  },
  {
    from: "google_compute_region_url_map",
    values: routedValues,
    refused: ["google_compute_backend_service"],
  },
  {
    from: "google_compute_target_https_proxy",
    values: many("ssl_certificates"),
    refused: ["google_compute_region_ssl_certificate"],
  },
  {
    from: "google_compute_region_target_https_proxy",
    values: many("ssl_certificates"),
    refused: ["google_compute_ssl_certificate", "google_compute_managed_ssl_certificate"],
  },
  {
    from: "google_compute_target_https_proxy",
    values: one("ssl_policy"),
    refused: ["google_compute_region_ssl_policy"],
  },
  {
    from: "google_compute_region_target_https_proxy",
    values: one("ssl_policy"),
    refused: ["google_compute_ssl_policy"],
  },
  {
    from: "google_compute_backend_service",
    values: many("health_checks"),
    refused: ["google_compute_region_health_check"],
  },
];

/** The parts of a load balancer are all global, or all of one region. */
export const reach: Rule = {
  id: "edge/reach",
  why: "A global part of a load balancer cannot use a regional one, nor the reverse: the API knows no such link.",
  limit: "global with global, regional with regional",
  fix: "Use the resource type of the same reach (google_compute_region_... or google_compute_...) on both sides.",
  source: FORWARDING_DOC,
  example: `resource "google_compute_url_map" "edge" {
  default_service = google_compute_region_backend_service.api.id
}`,
  *check(graph) {
    for (const link of LINKS)
      for (const resource of graph.all(link.from)) yield* mismatches(graph, resource, link);
  },
};

function* mismatches(graph: Graph, resource: Resource, { values, refused }: Link): Iterable<Verdict> {
  const found = values(resource).map((value) => follow(graph, named(value), refused, resource));
  for (const other of new Set(found)) {
    if (other === undefined) continue;
    const regional = /_region_/.test(other.type);
    yield {
      resource,
      severity: "error",
      message: `this is a ${regional ? "global" : "regional"} resource, but it uses ${other.address}, a ${regional ? "regional" : "global"} one: refused at apply.`,
    };
  }
}

/** A short name may be that of a resource of either reach. */
function named(value: Value | undefined): Value | undefined {
  return typeof value === "string" ? undefined : value;
}
