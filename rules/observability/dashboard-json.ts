import type { Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";

/** A value of JSON that is an object. */
export type JsonObject = { readonly [key: string]: unknown };

/** Every dashboard whose text is known and is JSON. */
export function* dashboardsOf(graph: Graph): Iterable<readonly [Resource, JsonObject]> {
  for (const resource of graph.all("google_monitoring_dashboard")) {
    const text = resource.string("dashboard_json");
    const dashboard = text === undefined ? undefined : parsed(text);
    if (isObject(dashboard)) yield [resource, dashboard];
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects in a list; none where it is no list. */
export function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
