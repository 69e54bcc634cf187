import { mayExclude } from "../../analysis/exclusive.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** No two resources create the same service. */
export const duplicate: Rule = {
  id: "service/duplicate",
  why: "Two resources of one name in one project and region are one service: the second is rejected, or overwrites the first.",
  limit: "each name once per project and region",
  fix: "Rename one of the two.",
  source: "https://docs.cloud.google.com/run/docs/deploying",
  *check(graph) {
    const seen = new Map<string, Resource>();
    for (const { resource, kind } of workloads(graph)) {
      const name = resource.string("name");
      const region = graph.region(resource);
      const project = graph.project(resource);
      if (name === undefined || region === undefined || resource.isUnknown("project")) continue;
      // Services of both generations share their names; other kinds have names of their own.
      const key = `${kind === "service" ? kind : resource.type} ${project ?? ""} ${region} ${name}`;
      const first = seen.get(key);
      if (first !== undefined && graph.together(first, resource) && !mayExclude(first, resource))
        yield {
          resource,
          message: `"${name}" in ${region} is also created by ${first.address}; rejected by the API: it exists already.`,
        };
      seen.set(key, first ?? resource);
    }
  },
};
