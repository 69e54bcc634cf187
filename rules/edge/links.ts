import type { Graph, Resource, Value } from "../../graph/index.ts";
import { resourceType } from "../../resources/index.ts";
import {
  backendServiceTypes,
  elements,
  forwardingRuleTypes,
  proxyTypes,
  routedValues,
  urlMapTypes,
} from "./load-balancer.ts";

/** A reference from one part of a load balancer to the next. */
export interface Link {
  readonly resource: Resource;
  /** "url_map"; "a route" for the many attributes of a URL map that name a backend. */
  readonly attribute: string;
  readonly values: readonly (Value | undefined)[];
  /** The types that the catalogue gives for the attribute, of the reach that the resource has. */
  readonly types: readonly string[];
}

const TYPES = [...forwardingRuleTypes, ...proxyTypes, ...urlMapTypes, ...backendServiceTypes];

/** Every link of every load balancer, as the references of the catalogue state them. */
export function* links(graph: Graph): Iterable<Link> {
  for (const type of TYPES)
    for (const [attribute, types] of Object.entries(resourceType(type)?.references ?? {}))
      for (const resource of graph.all(type))
        yield {
          resource,
          attribute: attribute === "default_service" ? "a route" : attribute,
          values: valuesOf(resource, attribute),
          types,
        };
}

function valuesOf(resource: Resource, attribute: string): readonly (Value | undefined)[] {
  if (attribute === "default_service") return routedValues(resource);
  if (attribute === "backend.group") return resource.blocks("backend").map((backend) => backend.get("group"));
  const value = resource.get(attribute);
  return elements(value) ?? [value];
}
