import { type Graph, isObject, type Json, type Resource } from "../../graph/index.ts";

/** Every dashboard whose text is known and is JSON. */
export function* dashboardsOf(graph: Graph): Iterable<readonly [Resource, Json]> {
  for (const resource of graph.all("google_monitoring_dashboard")) {
    const text = resource.string("dashboard_json");
    const dashboard = text === undefined ? undefined : parsed(text);
    if (isObject(dashboard)) yield [resource, dashboard];
  }
}

/** The objects in a list; none where it is no list. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
