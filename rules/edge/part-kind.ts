import { loadBalancerTypes, soleReference } from "../../analysis/load-balancing/load-balancer.ts";
import { references } from "../../analysis/references/references.ts";
import type { Rule } from "../rule.ts";
import { FORWARDING_DOC } from "./sources.ts";

/** What an attribute takes besides the types that the catalogue gives, as far as any load balancer has it. */
const ALSO: Readonly<Record<string, RegExp>> = {
  target: /^(target_.*|service_attachment|vpn_gateway)$/,
  ip_address: /address$/,
  health_checks: /health_check$/,
  ssl_certificates: /ssl_certificate$/,
  "a route": /^backend_(service|bucket)$/,
  "backend.group": /instance_group$/,
};

/** Parts of a load balancer and what they lead to; other types are not judged. */
const PARTS =
  /^google_(compute_(region_|global_)?(url_map|backend_service|backend_bucket|target_https?_proxy|ssl_policy|ssl_certificate|managed_ssl_certificate|network_endpoint_group|security_policy|health_check|forwarding_rule|address|instance_group(_manager)?|instance)|cloud_run_(v2_)?service|storage_bucket)$/;

/** Each part of a load balancer names the next one, and skips none. */
export const partKind: Rule = {
  id: "edge/part-kind",
  why: "A part of a load balancer leads only to the next kind of part: forwarding rule, proxy, URL map, backend service, endpoint group.",
  limit:
    "target: a proxy; url_map: a URL map; routes: backend services or buckets; backend.group: an endpoint or instance group",
  fix: "Refer to the next part, and let that one refer to the one after it.",
  source: FORWARDING_DOC,
  *check(graph) {
    for (const { resource, attribute, values, types } of references(graph, loadBalancerTypes))
      for (const value of values) {
        const { address = "", attribute: referred = "" } = soleReference(value) ?? {};
        const type = /^(id|self_link|name)$/.test(referred)
          ? /(google_\w+)\.[^.]+$/.exec(address)?.[1]
          : undefined;
        if (type === undefined || !PARTS.test(type)) continue;
        const kind = kindOf(type);
        if (ALSO[attribute]?.test(kind) === true || types.some((taken) => kindOf(taken) === kind)) continue;
        yield {
          resource,
          message: `${attribute} is ${address}; rejected by the API: it takes the type ${[...new Set(types.map(kindOf))].join(" or ").replaceAll("_", " ")}.`,
        };
      }
  },
};

/** "backend_service" of both google_compute_backend_service and google_compute_region_backend_service. */
function kindOf(type: string): string {
  return type.replace(/^google_(compute_)?(region_|global_)?/, "");
}
