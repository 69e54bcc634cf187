import { nearest } from "../../platform/nearest.ts";
import type { Rule, Verdict } from "../rule.ts";
import { gatewayReference, isNamedBy, listed, MESH } from "./hosts.ts";
import { gateways, type MeshObject, mayShare, named, objects, texts, virtualServices } from "./objects.ts";
import { analysis } from "./sources.ts";

/** I-0: the VirtualService named a gateway that was called otherwise, and nothing routed. */
export const gatewayReferenceRule: Rule = {
  id: "mesh/gateway-reference",
  why: "A VirtualService that names a Gateway which does not exist routes nothing: every request to its hosts gets 404 (incident I-0).",
  limit: "each of spec.gateways is the name of a Gateway in the same namespace, or NAMESPACE/NAME",
  fix: "Write the name that the Gateway has in its metadata, with its namespace where that is another one.",
  source: analysis("ist0101"),
  example: `kind: Gateway
metadata: { name: web-gateway }
---
kind: VirtualService
spec: { gateways: [web-spa-gateway] } # there is no such Gateway`,
  *check(graph) {
    const all = [...gateways(graph), ...objects(graph, "gateway.networking.k8s.io/Gateway")];
    for (const virtualService of virtualServices(graph)) {
      for (const text of texts(virtualService.spec, "gateways") ?? []) {
        if (text !== MESH && text !== "") yield* judge(virtualService, text, all);
      }
    }
  },
};

function* judge(virtualService: MeshObject, text: string, all: readonly MeshObject[]): Iterable<Verdict> {
  const reference = gatewayReference(text, virtualService);
  if (all.some((gateway) => isNamedBy(gateway, reference))) return;
  const { resource } = virtualService;
  const elsewhere = all.find(({ name }) => name === reference.name);
  if (elsewhere !== undefined) {
    yield {
      resource,
      severity: "error",
      message: `${named(virtualService)} names the Gateway "${text}", which does not exist in namespace "${reference.namespace}"; one of that name is in namespace "${elsewhere.namespace}": breaks at run time, no route of it is applied.`,
      fix: `Write "${named(elsewhere)}" in spec.gateways.`,
    };
    return;
  }
  const beside = all.filter(({ namespace }) => mayShare(namespace, reference.namespace));
  if (beside.length === 0) {
    yield {
      resource,
      severity: "unknown",
      message: `${named(virtualService)} names the Gateway "${text}", and the input holds no Gateway of namespace "${reference.namespace}": whether it exists could not be told.`,
      fix: "Verify it together with the manifests of that namespace.",
    };
    return;
  }
  const meant =
    nearest(
      reference.name,
      beside.map(({ name }) => name),
    ) ?? (beside.length === 1 ? beside[0]?.name : undefined);
  yield {
    resource,
    severity: "error",
    message: `${named(virtualService)} names the Gateway "${text}", which does not exist; there is ${listed(beside)}: breaks at run time, no route of it is applied and every request gets 404 or no answer.`,
    ...(meant === undefined
      ? {}
      : { fix: `Write "${meant}" in spec.gateways, or rename that Gateway to "${reference.name}".` }),
  };
}
