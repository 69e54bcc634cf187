import { isUnknown, type Resource, type Value } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import {
  backendServiceTypes,
  elements,
  forwardingRuleTypes,
  httpsProxyTypes,
  proxyTypes,
  routedValues,
  urlMapTypes,
} from "./load-balancer.ts";
import { FORWARDING_DOC } from "./sources.ts";

interface Link {
  readonly from: readonly string[];
  readonly attribute: string;
  readonly values: (resource: Resource) => readonly (Value | undefined)[];
  /** The kinds that the API takes there, without "google_compute_" and "region_". */
  readonly takes: RegExp;
}

const one = (name: string) => (resource: Resource) => [resource.get(name)];
const many = (name: string) => (resource: Resource) => elements(resource.get(name)) ?? [];

const LINKS: readonly Link[] = [
  {
    from: forwardingRuleTypes,
    attribute: "target",
    values: one("target"),
    takes: /^(target_.*|service_attachment|vpn_gateway)$/,
  },
  { from: proxyTypes, attribute: "url_map", values: one("url_map"), takes: /^url_map$/ },
  { from: httpsProxyTypes, attribute: "ssl_policy", values: one("ssl_policy"), takes: /^ssl_policy$/ },
  {
    from: httpsProxyTypes,
    attribute: "ssl_certificates",
    values: many("ssl_certificates"),
    takes: /ssl_certificate$/,
  },
  {
    from: urlMapTypes,
    attribute: "a route",
    values: routedValues,
    takes: /^backend_(service|bucket)$/,
  },
  {
    from: backendServiceTypes,
    attribute: "backend.group",
    values: (resource) => resource.blocks("backend").map((backend) => backend.get("group")),
    takes: /(network_endpoint_group|instance_group(_manager)?)$/,
  },
  {
    from: backendServiceTypes,
    attribute: "security_policy",
    values: one("security_policy"),
    takes: /^security_policy$/,
  },
  {
    from: backendServiceTypes,
    attribute: "health_checks",
    values: many("health_checks"),
    takes: /health_check$/,
  },
];

/** What certainly is none of these, wherever it is named: other parts of a load balancer, and what stands behind it. */
const KINDS =
  /^google_(compute_(region_|global_)?(url_map|backend_service|backend_bucket|target_https?_proxy|ssl_policy|ssl_certificate|managed_ssl_certificate|network_endpoint_group|security_policy|health_check|forwarding_rule|address|instance_group|instance)|cloud_run_(v2_)?service|storage_bucket)$/;

/** Each part of a load balancer names the next one, and skips none. */
export const partKind: Rule = {
  id: "edge/part-kind",
  why: "A part of a load balancer takes the kind that follows it only: forwarding rule, proxy, URL map, backend service, endpoint group.",
  limit:
    "target: a proxy; url_map: a URL map; routes: backend services or buckets; backend.group: an endpoint or instance group",
  fix: "Name the part that follows, and let that one name the next.",
  source: FORWARDING_DOC,
  example: `resource "google_compute_url_map" "edge" {
  default_service = google_compute_region_network_endpoint_group.api.id # not a backend service
}`,
  *check(graph) {
    for (const link of LINKS)
      for (const resource of graph.all(...link.from))
        for (const value of link.values(resource)) {
          const address = referred(value);
          const type = address === undefined ? undefined : /(google_\w+)\.[^.]+$/.exec(address)?.[1];
          if (type === undefined || !KINDS.test(type)) continue;
          if (link.takes.test(type.replace(/^google_(compute_)?(region_|global_)?/, ""))) continue;
          yield {
            resource,
            severity: "error",
            message: `${link.attribute} names ${address}: refused at apply, that is no part which can stand there.`,
          };
        }
  },
};

/** The resource that the value is an attribute of, where it is nothing else. */
function referred(value: Value | undefined): string | undefined {
  if (!isUnknown(value) || value.parts.length > 0 || value.references.length !== 1) return undefined;
  const [reference] = value.references;
  return reference !== undefined && /^(id|self_link|name)$/.test(reference.attribute)
    ? reference.address
    : undefined;
}
