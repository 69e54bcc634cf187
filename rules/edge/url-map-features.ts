import {
  backendServiceTypes,
  routedValues,
  schemesOf,
  urlMapTypes,
} from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import { type Block, isUnknown, type Value } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const ACTION = /(^|\.)(default_)?route_action\.(?!url_rewrite$)[a-z_]+$/;
const MATCH = /\.(regex_match|path_template_match)$/;

/** What a URL map may say depends on the load balancer that it belongs to. */
export const urlMapFeatures: Rule = {
  id: "edge/url-map-features",
  why: "The classic load balancer (EXTERNAL) matches no regular expressions and has no other route action than a rewrite; the API rejects a URL map that asks for them.",
  limit:
    "in front of EXTERNAL backend services: no regex_match, no path_template_match, and url_rewrite as the only route action",
  fix: 'Set load_balancing_scheme = "EXTERNAL_MANAGED" in the backend services and the forwarding rule.',
  source: "https://docs.cloud.google.com/compute/docs/reference/rest/v1/urlMaps",
  *check(graph) {
    for (const urlMap of graph.all(...urlMapTypes)) {
      const features = featuresIn(urlMap);
      if (features.length === 0) continue;
      const services = routedValues(urlMap).map((value) => follow(graph, value, backendServiceTypes, urlMap));
      for (const service of new Set(services)) {
        const classic = service && schemesOf(service).find(({ name }) => name === "EXTERNAL");
        if (service === undefined || classic === undefined) continue;
        yield {
          resource: urlMap,
          severity: "error",
          message: `${features[0]} is set, and load_balancing_scheme of ${service.address} is EXTERNAL${classic.byDefault}; rejected by the API: the classic load balancer does not have it.`,
          versions: classic.versions,
        };
        break;
      }
    }
  },
};

/** The paths of what the classic load balancer does not have. */
function featuresIn(urlMap: Block): string[] {
  return [...pathsIn(urlMap.values as { readonly [key: string]: Value }, "")].filter(
    (path) => ACTION.test(path) || MATCH.test(path),
  );
}

function* pathsIn(value: Value, path: string): Iterable<string> {
  if (value === null || value === "" || isUnknown(value)) return;
  if (Array.isArray(value)) {
    for (const entry of value as readonly Value[]) yield* pathsIn(entry, path);
    return;
  }
  if (path !== "") yield path;
  if (typeof value === "object")
    for (const [key, inner] of Object.entries(value))
      yield* pathsIn(inner, path === "" ? key : `${path}.${key}`);
}
