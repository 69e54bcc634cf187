import { loadBalancerTypes } from "../../analysis/load-balancing/load-balancer.ts";
import { missingSeverity, nearestHint } from "../../analysis/references/names.ts";
import { references } from "../../analysis/references/references.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { resourceType } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";
import { FORWARDING_DOC } from "./sources.ts";

/** Attributes that also take other literals, such as an IP address: only an id is judged. */
const TAKES_OTHERS = new Set(["target", "ip_address", "backend.group", "health_checks"]);

/** Literal names of load balancer parts lead to parts that exist. */
export const partMissing: Rule = {
  id: "edge/part-missing",
  why: "A part of a load balancer that is referred to by a literal name and does not exist is rejected by the API, after half of the others were created.",
  limit: "every literal name or id leads to a resource of the input, where it defines any of that type",
  fix: "Refer to the resource instead of its name, for example google_compute_url_map.edge.id.",
  source: FORWARDING_DOC,
  *check(graph) {
    for (const { resource, attribute, values, types } of references(graph, loadBalancerTypes)) {
      const names = new Set<string>();
      for (const value of values) {
        if (typeof value === "string" && TAKES_OTHERS.has(attribute) && !isIdOf(value, types)) continue;
        const found = graph.target(value, types, resource);
        if (found.kind !== "missing" || names.has(found.name)) continue;
        const target = { ...found, certain: found.certain || isUnused(graph, found.nearest) };
        names.add(target.name);
        yield {
          resource,
          severity: missingSeverity(target),
          message: `${attribute} is "${target.name}"; rejected by the API: it is not defined${nearestHint(target)}.`,
          ...(target.nearest === undefined
            ? {}
            : { fix: `Refer to ${target.nearest.address}.id instead of a name.` }),
        };
      }
    }
  },
};

function isIdOf(value: string, types: readonly string[]): boolean {
  return types.some((type) => value.includes(`/${resourceType(type)?.collection}/`));
}

/** A part that nothing refers to is the one that was meant. */
function isUnused(graph: Graph, part: Resource | undefined): boolean {
  return part !== undefined && !graph.all().some(({ dependencies }) => dependencies.has(part.address));
}
