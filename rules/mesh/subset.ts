import { CLUSTER, destinationsOf } from "../../analysis/mesh/destinations.ts";
import { listed } from "../../analysis/mesh/hosts.ts";
import {
  destinationRules,
  type MeshObject,
  mayShare,
  named,
  virtualServices,
} from "../../analysis/mesh/objects.ts";
import { isUnknown } from "../../graph/index.ts";
import { nearest } from "../../values/nearest.ts";
import type { Rule } from "../rule.ts";
import { DESTINATION_RULE_DOC } from "./sources.ts";

/** A subset is some of the pods of a host, named by a DestinationRule. */
export const subset: Rule = {
  id: "mesh/subset",
  why: "A route to a subset that no DestinationRule of the host defines returns 503 for every request.",
  limit: "destination.subset is the name of a subset in a DestinationRule of the same host",
  fix: "Define the subset in the DestinationRule of the host, for example { name: v2, labels: { version: v2 } }, or correct its name.",
  source: DESTINATION_RULE_DOC,
  *check(graph) {
    const rules = destinationRules(graph);
    for (const virtualService of virtualServices(graph)) {
      for (const to of destinationsOf(virtualService)) {
        if (to.subset === undefined) continue;
        const ofHost = rules.filter((rule) => isFor(rule, to.host, virtualService));
        if (ofHost.length === 0 || ofHost.some(({ spec }) => isUnknown(spec.get("subsets")))) continue;
        const defined = new Set(
          ofHost.flatMap(({ spec }) => spec.blocks("subsets").flatMap((each) => each.string("name") ?? [])),
        );
        if (defined.has(to.subset)) continue;
        const meant = nearest(to.subset, [...defined]);
        yield {
          resource: virtualService.resource,
          message: `${named(virtualService)}: ${to.where} leads to the subset "${to.subset}" of "${to.host}"; fails at run time: ${listed(ofHost)} defines ${defined.size === 0 ? "none" : `${[...defined].map((name) => `"${name}"`).join(", ")} only`}, and requests get 503.`,
          ...(meant === undefined ? {} : { fix: `Write subset "${meant}", or define "${to.subset}".` }),
        };
      }
    }
  },
};

/** Hosts are compared by their full names; a short one belongs to its own object's namespace. */
function isFor(rule: MeshObject, host: string, from: MeshObject): boolean {
  const written = rule.spec.string("host");
  if (written === undefined) return false;
  const [a, b] = [fullName(written, rule.namespace), fullName(host, from.namespace)];
  return a.name === b.name && mayShare(a.namespace, b.namespace);
}

function fullName(host: string, namespace: string): { readonly name: string; readonly namespace: string } {
  if (!host.includes(".")) return { name: host, namespace };
  const [, name = "", own = ""] = CLUSTER.exec(host) ?? [];
  return name === "" ? { name: host, namespace: "" } : { name, namespace: own };
}
