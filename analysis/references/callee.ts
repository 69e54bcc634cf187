import type { Graph, Resource, Value } from "../../graph/index.ts";
import { services } from "../workload/index.ts";
import { nameOf } from "./names.ts";
import { endpointOf, references } from "./text.ts";

/** https://SERVICE-PROJECTNUMBER.REGION.run.app */
const ADDRESS = /^([a-z][a-z0-9-]*)-(\d{6,})\.([a-z0-9-]+)\.run\.app$/;

/** The service, project and region that a literal address names; undefined where it is no run.app address of this form. */
export function serviceInAddress(
  value: Value | undefined,
): { readonly service: string; readonly project: string; readonly region: string } | undefined {
  const [, service = "", project = "", region = ""] = ADDRESS.exec(endpointOf(value)?.host ?? "") ?? [];
  return service === "" ? undefined : { service, project, region };
}

/** Services by the name and region that their addresses state: "NAME REGION". */
export function servicesByAddress(graph: Graph): ReadonlyMap<string, Resource> {
  return new Map(
    services(graph).map(({ resource }) => [`${nameOf(resource)} ${graph.region(resource)}`, resource]),
  );
}

/** What a value refers to by an attribute that holds the address of a service or function. */
export function referredCallee(
  graph: Graph,
  value: Value | undefined,
  caller: Resource,
): Resource | undefined {
  const called = references(value).find(({ attribute }) =>
    /^(uri|urls?\b|service_config\b.*uri|status\b.*url)/.test(attribute),
  );
  return called && graph.at(called.address, caller);
}
