import type { Block } from "../../graph/index.ts";
import { type MeshObject, mayShare, named, texts } from "./objects.ts";

/** True where some host name matches both: each may begin with a wildcard ("*", "*.example.com"). */
export function hostsMeet(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a === b) return true;
  if (a.startsWith("*") && b.startsWith("*")) {
    return a.length > b.length ? a.endsWith(b.slice(1)) : b.endsWith(a.slice(1));
  }
  if (a.startsWith("*")) return b.endsWith(a.slice(1));
  return b.startsWith("*") && a.endsWith(b.slice(1));
}

/** A host of a gateway's server: which namespaces may bind to it, and the name. */
export interface ServedHost {
  /** "*" for every namespace; otherwise one. */
  readonly namespace: string;
  readonly host: string;
}

/** The hosts of one server, "./host" and "namespace/host" resolved; undefined where they are not known. */
export function servedHosts(server: Block, gateway: MeshObject): readonly ServedHost[] | undefined {
  return texts(server, "hosts")?.map((text) => {
    const slash = text.indexOf("/");
    if (slash < 0) return { namespace: "*", host: text };
    const namespace = text.slice(0, slash);
    return { namespace: namespace === "." ? gateway.namespace : namespace, host: text.slice(slash + 1) };
  });
}

/** True where a virtual service of that namespace may bind to the host of the server. */
export function serves(served: ServedHost, host: string, namespace: string): boolean {
  return (served.namespace === "*" || mayShare(served.namespace, namespace)) && hostsMeet(served.host, host);
}

/** The gateway that a virtual service names: "name" in its own namespace, or "namespace/name". */
export function gatewayReference(
  text: string,
  from: MeshObject,
): { readonly namespace: string; readonly name: string } {
  const slash = text.indexOf("/");
  return slash < 0
    ? { namespace: from.namespace, name: text }
    : { namespace: text.slice(0, slash), name: text.slice(slash + 1) };
}

export function isNamedBy(
  gateway: MeshObject,
  reference: { readonly namespace: string; readonly name: string },
): boolean {
  return gateway.name === reference.name && mayShare(gateway.namespace, reference.namespace);
}

/**
 * Gateways that a virtual service names and the input has: for each name its manifests, of which one is
 * applied (overlays, steps of a tutorial).
 */
export function boundGateways(
  virtualService: MeshObject,
  all: readonly MeshObject[],
): readonly (readonly [MeshObject, ...MeshObject[]])[] {
  return (texts(virtualService.spec, "gateways") ?? [])
    .filter((text) => text !== MESH)
    .flatMap((text) => {
      const [first, ...others] = all.filter((gateway) =>
        isNamedBy(gateway, gatewayReference(text, virtualService)),
      );
      return first === undefined ? [] : [[first, ...others] as const];
    });
}

/** The reserved word for all sidecars. */
export const MESH = "mesh";

/** Names for a message: `"a", "b" and 3 more`. */
export function listed(all: readonly MeshObject[], most = 4): string {
  const names = [...new Set(all.map((object) => `"${named(object)}"`))];
  const first = names.slice(0, most);
  const rest = names.length - first.length;
  return rest > 0 ? `${first.join(", ")} and ${rest} more` : first.join(", ");
}
