import type { Graph } from "../../graph/index.ts";
import { nearestTo } from "../../values/nearest.ts";
import type { Rule } from "../rule.ts";
import { services, variables, workloads } from "../workload/index.ts";
import { nameOf } from "./names.ts";
import { endpointOf } from "./text.ts";

/** https://SERVICE-PROJECTNUMBER.REGION.run.app */
const ADDRESS = /^([a-z][a-z0-9-]*)-(\d{6,})\.([a-z0-9-]+)\.run\.app$/;

/** The address of a service, written as a literal, is that of a service that exists. */
export const serviceUrl: Rule = {
  id: "reachability/service-url",
  why: "A hand-written run.app address names a service and a region, and answers 404 when either is not so.",
  limit:
    "SERVICE-NUMBER.REGION.run.app with the name and location of a service of the input, where another variable names one of that project",
  fix: "Refer to the uri attribute of the service.",
  source: "https://docs.cloud.google.com/run/docs/triggering/https-request",
  *check(graph) {
    const written = workloads(graph).flatMap((workload) =>
      variables(workload).flatMap(({ name, value }) => {
        const match = ADDRESS.exec(endpointOf(value)?.host ?? "");
        const [, service = "", project = "", region = ""] = match ?? [];
        return match === null ? [] : [{ resource: workload.resource, name, service, project, region }];
      }),
    );
    const known = servicesOf(graph);
    const ours = new Set(
      written
        .filter(({ service, region }) => known.has(`${service} ${region}`))
        .map(({ project }) => project),
    );
    for (const { resource, name, service, project, region } of written) {
      // The number identifies the project only through another address that is correct.
      if (!ours.has(project) || known.has(`${service} ${region}`)) continue;
      const near = nearestTo(`${service} ${region}`, [...known], (item) => item)?.split(" ") ?? [];
      yield {
        resource,
        message: `${name} names the service "${service}" in ${region}, which is not defined; the nearest is "${near[0]}" in ${near[1]}; fails at run time: every call gets 404.`,
      };
    }
  },
};

/** "NAME REGION" of every service. */
function servicesOf(graph: Graph): ReadonlySet<string> {
  return new Set(services(graph).map(({ resource }) => `${nameOf(resource)} ${graph.region(resource)}`));
}
