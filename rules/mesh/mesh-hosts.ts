import { hostsMeet, MESH } from "../../analysis/mesh/hosts.ts";
import {
  areTogether,
  exportsOf,
  isExported,
  isSameObject,
  type MeshObject,
  named,
  texts,
  virtualServices,
} from "../../analysis/mesh/objects.ts";
import type { Rule } from "../rule.ts";
import { analysis } from "./sources.ts";

/** Sidecars do not merge virtual services: of two for one host they use one. */
export const meshHosts: Rule = {
  id: "mesh/mesh-hosts",
  why: "Two VirtualServices for the sidecars (gateway mesh) that name the same host are not merged: which of them is used is undefined.",
  limit: "a host of the mesh is in one VirtualService of each namespace that sees it",
  fix: 'Merge them into one VirtualService, or limit each to its namespaces, for example with exportTo: ["."].',
  source: analysis("ist0109"),
  exampleSeverity: "warning",
  *check(graph) {
    const ofMesh = virtualServices(graph).filter(isForMesh);
    for (const [index, later] of ofMesh.entries()) {
      const clash = ofMesh
        .slice(0, index)
        .filter(
          (earlier) => !isSameObject(earlier, later) && areTogether(earlier, later) && meet(earlier, later),
        )
        .map((earlier) => ({ earlier, host: sharedHost(earlier, later) }))
        .find(({ host }) => host !== undefined);
      if (clash !== undefined)
        yield {
          resource: later.resource,
          severity: "warning",
          message: `${named(later)} and ${named(clash.earlier)} both route "${clash.host}" for sidecars; fails at run time: one of them is ignored, and which one is undefined.`,
        };
    }
  },
};

function isForMesh({ spec }: MeshObject): boolean {
  const gateways = texts(spec, "gateways");
  return gateways !== undefined && (gateways.length === 0 || gateways.includes(MESH));
}

/** Whether some namespace sees both. */
function meet(a: MeshObject, b: MeshObject): boolean {
  const seen = (object: MeshObject, namespace: string): boolean =>
    isExported(exportsOf(object), object.namespace, namespace);
  const namespaces = [a.namespace, b.namespace, ...exportsOf(a), ...exportsOf(b)].filter(
    (each) => !"*.".includes(each),
  );
  return namespaces.some((namespace) => seen(a, namespace) && seen(b, namespace));
}

function sharedHost(a: MeshObject, b: MeshObject): string | undefined {
  const full = (object: MeshObject): string[] =>
    (texts(object.spec, "hosts") ?? []).map((host) =>
      host.includes(".") || host.startsWith("*") ? host : `${host}.${object.namespace}.svc.cluster.local`,
    );
  const others = full(b);
  // A broader host and a narrower one are no conflict: the narrower one wins.
  return full(a).find((host) => others.some((other) => hostsMeet(host, other) && host === other));
}
