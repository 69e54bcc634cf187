import { destinationsOf, destined } from "../../analysis/mesh/destinations.ts";
import { boundGateways } from "../../analysis/mesh/hosts.ts";
import {
  exportsOf,
  gateways,
  isExported,
  type MeshObject,
  named,
  virtualServices,
} from "../../analysis/mesh/objects.ts";
import type { Rule } from "../rule.ts";
import { VIRTUAL_SERVICE_DOC } from "./sources.ts";

/** exportTo makes an object visible in some namespaces only. */
export const exportTo: Rule = {
  id: "mesh/export-to",
  why: "A VirtualService that is not exported to the namespace of its Gateway, or a ServiceEntry or Service not exported to the VirtualService's, does not exist there.",
  limit: 'exportTo is left out, or has "*" or the namespace that refers to it; "." is its own namespace',
  fix: 'Add the namespace to exportTo, for example exportTo: [".", istio-ingress], or remove exportTo.',
  source: VIRTUAL_SERVICE_DOC,
  *check(graph) {
    const all = gateways(graph);
    for (const virtualService of virtualServices(graph)) {
      for (const [gateway] of boundGateways(virtualService, all)) {
        if (isExported(exportsOf(virtualService), virtualService.namespace, gateway.namespace)) continue;
        yield {
          resource: virtualService.resource,
          message: `${named(virtualService)}: exportTo is ${JSON.stringify(exportsOf(virtualService))}; fails at run time: it lacks namespace "${gateway.namespace}" of the Gateway "${named(gateway)}", which never gets its routes.`,
          fix: `Add "${gateway.namespace}" to spec.exportTo, or leave exportTo out.`,
        };
      }
      for (const to of destinationsOf(virtualService)) {
        const found = destined(graph, to.host, virtualService);
        const target =
          found.kind === "service" ? found.service : found.kind === "entry" ? found.entry : undefined;
        if (target === undefined) continue;
        const exported = found.kind === "service" ? annotated(target) : exportsOf(target);
        if (isExported(exported, target.namespace, virtualService.namespace)) continue;
        yield {
          resource: target.resource,
          message: `${named(virtualService)}: ${to.where} leads to "${to.host}"; fails at run time: "${named(target)}" is exported to ${JSON.stringify(exported)} only, and requests get 503.`,
          fix: `Add "${virtualService.namespace}" to its exportTo.`,
        };
      }
    }
  },
};

function annotated(service: MeshObject): readonly string[] {
  const value = service.metadata.blocks("annotations")[0]?.values["networking.istio.io/exportTo"];
  return typeof value === "string" ? value.split(",").map((part) => part.trim()) : [];
}
