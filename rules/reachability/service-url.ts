import { serviceInAddress, servicesByAddress } from "../../analysis/references/callee.ts";
import { variables, workloads } from "../../analysis/workload/index.ts";
import { nearestTo } from "../../values/nearest.ts";
import type { Rule } from "../rule.ts";

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
        const address = serviceInAddress(value);
        return address === undefined ? [] : [{ resource: workload.resource, name, ...address }];
      }),
    );
    const known = servicesByAddress(graph);
    const ours = new Set(
      written
        .filter(({ service, region }) => known.has(`${service} ${region}`))
        .map(({ project }) => project),
    );
    for (const { resource, name, service, project, region } of written) {
      // The number identifies the project only through another address that is correct.
      if (!ours.has(project) || known.has(`${service} ${region}`)) continue;
      const near = nearestTo(`${service} ${region}`, [...known.keys()], (item) => item)?.split(" ") ?? [];
      yield {
        resource,
        message: `${name} names the service "${service}" in ${region}, which is not defined; the nearest is "${near[0]}" in ${near[1]}; fails at run time: every call gets 404.`,
      };
    }
  },
};
