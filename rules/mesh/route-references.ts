import { MESH } from "../../analysis/mesh/hosts.ts";
import { areTogether, type MeshObject, named, texts } from "../../analysis/mesh/objects.ts";
import type { Block } from "../../graph/index.ts";
import type { Violation } from "../rule.ts";

/** Gateways and delegates that routes name and that do not receive or pass on their requests. */
export function* routeReferences(object: MeshObject, all: readonly MeshObject[]): Iterable<Violation> {
  for (const kind of ["http", "tls", "tcp"])
    for (const [index, route] of object.spec.blocks(kind).entries()) {
      const where = `${named(object)}: ${kind} route ${route.string("name") ?? index + 1}`;
      yield* otherGateways(object, route, where);
      yield* delegated(object, route, where, all);
    }
}

/** A match for a gateway that the virtual service is not bound to never gets a request. */
function* otherGateways(object: MeshObject, route: Block, where: string): Iterable<Violation> {
  const bound = texts(object.spec, "gateways");
  if (bound === undefined) return;
  const known = bound.length === 0 ? [MESH] : bound;
  const full = (text: string): string =>
    text.includes("/") || text === MESH ? text : `${object.namespace}/${text}`;
  for (const match of route.blocks("match")) {
    const other = texts(match, "gateways")?.find((text) => !known.some((each) => full(each) === full(text)));
    if (other !== undefined)
      yield {
        resource: object.resource,
        message: `${where} matches the Gateway "${other}"; fails at run time: spec.gateways does not name it (${known.join(", ")}), and the route never gets a request.`,
        fix: `Add "${other}" to spec.gateways, or correct it in the match.`,
      };
  }
}

/** A delegate is a virtual service without hosts and gateways. */
function* delegated(
  object: MeshObject,
  route: Block,
  where: string,
  all: readonly MeshObject[],
): Iterable<Violation> {
  const name = route.string("delegate.name");
  if (name === undefined) return;
  const { resource } = object;
  const namespace = route.string("delegate.namespace") ?? object.namespace;
  const found = all.filter((each) => each.name === name && each.namespace === namespace);
  const whole = found.find(({ spec }) => spec.get("hosts") !== undefined);
  if (whole !== undefined)
    yield {
      resource,
      message: `${where} delegates to "${named(whole)}"; fails at run time: a delegate has no hosts of its own.`,
      fix: `Remove spec.hosts from "${named(whole)}".`,
    };
  const others = all.filter(
    (each) =>
      each.namespace === namespace && each.spec.get("hosts") === undefined && areTogether(each, object),
  );
  if (found.length === 0 && others.length > 0)
    yield {
      resource,
      message: `${where} delegates to "${name}"; fails at run time: there is no such VirtualService, only ${others.map((each) => `"${named(each)}"`).join(", ")}, and its requests get 404.`,
      fix: `Write "${others[0]?.name}", or add the VirtualService "${name}".`,
    };
}
