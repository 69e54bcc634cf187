import type { Block, Graph, Resource, Value } from "../../graph/index.ts";
import { resourceTypes } from "../../resources/index.ts";
import { elements, routedValues } from "../load-balancing/load-balancer.ts";

/** An attribute that names other resources by name, id or self link. */
export interface ReferenceField {
  readonly resource: Resource;
  /** "url_map"; "a route" for the many attributes of a URL map that name a backend. */
  readonly attribute: string;
  readonly values: readonly Value[];
  /** The types that the catalogue gives for the attribute, of the reach that the resource has. */
  readonly types: readonly string[];
}

/** Every attribute of the input that the catalogue states as a reference; of some types only, where they are given. */
export function* references(graph: Graph, only?: readonly string[]): Iterable<ReferenceField> {
  for (const { type, references: stated = {} } of resourceTypes) {
    if (only?.includes(type) === false) continue;
    for (const [attribute, types] of Object.entries(stated))
      for (const resource of graph.all(type))
        yield attribute === "default_service"
          ? { resource, attribute: "a route", values: routedValues(resource), types }
          : { resource, attribute, values: valuesAt(resource, attribute), types };
  }
}

/** All values at a path whose steps may each be a list of blocks. */
export function valuesAt(block: Block, path: string): readonly Value[] {
  const dot = path.indexOf(".");
  if (dot >= 0)
    return block.blocks(path.slice(0, dot)).flatMap((inner) => valuesAt(inner, path.slice(dot + 1)));
  const value = block.get(path);
  return value === undefined || value === null ? [] : (elements(value) ?? [value]);
}
