import type { Graph, Resource, Value } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import {
  backendServiceTypes,
  elements,
  negTypes,
  proxyTypes,
  routedValues,
  urlMapTypes,
} from "./load-balancer.ts";
import { FORWARDING_DOC } from "./sources.ts";

interface Link {
  readonly from: readonly string[];
  readonly attribute: string;
  readonly values: (resource: Resource) => readonly (Value | undefined)[];
  readonly to: readonly string[];
  /** What an id of this kind holds; a literal without it may name something else. */
  readonly collection?: RegExp;
}

const one = (name: string) => (resource: Resource) => [resource.get(name)];
const many = (name: string) => (resource: Resource) => {
  const value = resource.get(name);
  return elements(value) ?? [value];
};

const LINKS: readonly Link[] = [
  {
    from: ["google_compute_global_forwarding_rule"],
    attribute: "target",
    values: one("target"),
    to: proxyTypes.filter((type) => !type.includes("_region_")),
    collection: /\/targetHttps?Proxies\//,
  },
  {
    from: ["google_compute_global_forwarding_rule"],
    attribute: "ip_address",
    values: one("ip_address"),
    to: ["google_compute_global_address"],
    collection: /\/addresses\//,
  },
  {
    from: proxyTypes.filter((type) => !type.includes("_region_")),
    attribute: "url_map",
    values: one("url_map"),
    to: ["google_compute_url_map"],
  },
  {
    from: proxyTypes.filter((type) => type.includes("_region_")),
    attribute: "url_map",
    values: one("url_map"),
    to: ["google_compute_region_url_map"],
  },
  {
    from: ["google_compute_target_https_proxy"],
    attribute: "ssl_certificates",
    values: many("ssl_certificates"),
    to: ["google_compute_managed_ssl_certificate", "google_compute_ssl_certificate"],
  },
  {
    from: ["google_compute_target_https_proxy"],
    attribute: "ssl_policy",
    values: one("ssl_policy"),
    to: ["google_compute_ssl_policy"],
  },
  {
    from: urlMapTypes,
    attribute: "a route",
    values: routedValues,
    to: [...backendServiceTypes, "google_compute_backend_bucket"],
  },
  {
    from: backendServiceTypes,
    attribute: "backend.group",
    values: (resource) => resource.blocks("backend").map((backend) => backend.get("group")),
    to: negTypes,
    collection: /\/networkEndpointGroups\//,
  },
  {
    from: backendServiceTypes,
    attribute: "security_policy",
    values: one("security_policy"),
    to: ["google_compute_security_policy"],
  },
];

/** Literal names of load balancer parts lead to parts that exist. */
export const partMissing: Rule = {
  id: "edge/part-missing",
  why: "A part of a load balancer that is named by hand, and does not exist, is refused at apply, after half of the others were made.",
  limit: "every name or id leads to a resource of the input, where it defines any of that kind",
  fix: "Refer to the resource instead of writing its name.",
  source: FORWARDING_DOC,
  example: `resource "google_compute_target_https_proxy" "edge" {
  url_map = "edge-maps" # google_compute_url_map.edge is named "edge-map"
}`,
  *check(graph) {
    for (const link of LINKS)
      for (const resource of graph.all(...link.from)) yield* missing(graph, resource, link);
  },
};

function* missing(graph: Graph, resource: Resource, link: Link): Iterable<Verdict> {
  const names = new Set<string>();
  for (const value of link.values(resource)) {
    if (typeof value === "string" && link.collection?.test(value) === false) continue;
    const target = graph.target(value, link.to, resource);
    if (target.kind !== "missing" || names.has(target.name)) continue;
    names.add(target.name);
    const nearest = target.nearest === undefined ? "" : `; the nearest is ${target.nearest.address}`;
    yield {
      resource,
      severity: "error",
      message: `${link.attribute} names "${target.name}", which is not defined here${nearest}: refused at apply.`,
    };
  }
}
