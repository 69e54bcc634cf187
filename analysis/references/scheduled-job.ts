import type { Graph, Resource, Value } from "../../graph/index.ts";
import { follow } from "./follow.ts";
import { references, textOf } from "./text.ts";

const RUN = [
  /^https:\/\/(?<region>[a-z0-9-]+)-run\.googleapis\.com\/apis\/run\.googleapis\.com\/v1\/namespaces\/[^/]+\/jobs\/(?<name>[^/:]+):run$/,
  /^https:\/\/run\.googleapis\.com\/v2\/projects\/[^/]+\/locations\/(?<region>[^/]+)\/jobs\/(?<name>[^/:]+):run$/,
];

/** The region and the name of the job that a URL runs. */
export function namedJob(uri: Value | undefined): { readonly region?: string; readonly name?: string } {
  const text = textOf(uri) ?? "";
  return RUN.map((form) => form.exec(text)?.groups).find(Boolean) ?? {};
}

/** The Cloud Run job of the input that a URL runs, by its name or by a reference within it. */
export function scheduledJob(graph: Graph, uri: Value | undefined, from: Resource): Resource | undefined {
  if (textOf(uri)?.endsWith(":run") !== true) return undefined;
  const [reference] = references(uri).filter(({ address }) =>
    /(^|\.)google_cloud_run_v2_job\./.test(address),
  );
  return reference === undefined
    ? follow(graph, namedJob(uri).name, ["google_cloud_run_v2_job"], from)
    : graph.at(reference.address, from);
}
