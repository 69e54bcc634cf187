import type { Block } from "../../graph/index.ts";
import { hostsMeet, MESH } from "./hosts.ts";
import { areTogether, type MeshObject, named, texts } from "./objects.ts";

/** One mistake of a route: what is wrong, and what to write. */
export interface RouteProblem {
  readonly message: string;
  readonly fix?: string;
}

/** What is wrong with routes of any kind beside their ends: gateways of a match, TLS and TCP, delegates. */
export function* routeProblems(object: MeshObject, all: readonly MeshObject[]): Iterable<RouteProblem> {
  const hosts = texts(object.spec, "hosts") ?? [];
  for (const kind of ["http", "tls", "tcp"]) {
    for (const [index, route] of object.spec.blocks(kind).entries()) {
      const where = `${kind} route ${route.string("name") ?? index + 1}`;
      yield* otherGateways(object, route, where);
      yield* withoutDestination(route, where, kind);
      if (kind === "tls") yield* serverNames(route, where, hosts);
      yield* delegated(object, route, where, all);
    }
  }
}

/** A match for a gateway that the virtual service is not bound to never takes a request. */
function* otherGateways(object: MeshObject, route: Block, where: string): Iterable<RouteProblem> {
  const bound = texts(object.spec, "gateways");
  if (bound === undefined) return;
  const known = bound.length === 0 ? [MESH] : bound;
  const full = (text: string): string =>
    text.includes("/") || text === MESH ? text : `${object.namespace}/${text}`;
  for (const match of route.blocks("match")) {
    const stranger = texts(match, "gateways")?.find(
      (text) => !known.some((each) => full(each) === full(text)),
    );
    if (stranger !== undefined)
      yield {
        message: `${where} matches the Gateway "${stranger}", which spec.gateways does not name (${known.join(", ")}): breaks at run time, the route never gets a request.`,
        fix: `Add "${stranger}" to spec.gateways, or correct it in the match.`,
      };
  }
}

function* withoutDestination(route: Block, where: string, kind: string): Iterable<RouteProblem> {
  const ends = route.blocks("route");
  if (kind !== "http" && route.get("route") === undefined)
    yield { message: `${where} has no route, refused at apply: it leads nowhere.` };
  for (const [index, end] of ends.entries()) {
    if (end.get("destination") === undefined || end.get("destination.host") === undefined)
      yield { message: `${where} has no destination.host at destination ${index + 1}, refused at apply.` };
    const weight = end.number("weight");
    if (weight !== undefined && weight < 0)
      yield { message: `${where} has the weight ${weight}, refused at apply: allowed is 0 and more.` };
  }
}

function* serverNames(route: Block, where: string, hosts: readonly string[]): Iterable<RouteProblem> {
  const matches = route.blocks("match");
  if (route.get("match") === undefined)
    yield {
      message: `${where} has no match, refused at apply: TLS is routed by server name.`,
      fix: "Add match with sniHosts.",
    };
  for (const match of matches) {
    if (match.get("sniHosts") === undefined)
      yield { message: `${where} has a match without sniHosts, refused at apply.`, fix: "Add sniHosts." };
    const strange = texts(match, "sniHosts")?.find((name) => !hosts.some((host) => hostsMeet(host, name)));
    if (strange !== undefined && hosts.length > 0)
      yield {
        message: `${where} has the server name "${strange}", which none of its hosts (${hosts.join(", ")}) takes in, refused at apply.`,
        fix: `Add "${strange}" to spec.hosts.`,
      };
  }
}

/** A delegate is a virtual service without hosts and gateways. */
function* delegated(
  object: MeshObject,
  route: Block,
  where: string,
  all: readonly MeshObject[],
): Iterable<RouteProblem> {
  const name = route.string("delegate.name");
  if (name === undefined) return;
  const namespace = route.string("delegate.namespace") ?? object.namespace;
  const found = all.filter((each) => each.name === name && each.namespace === namespace);
  const whole = found.find(({ spec }) => spec.get("hosts") !== undefined);
  if (whole !== undefined)
    yield {
      message: `${where} delegates to "${named(whole)}", which has hosts of its own: breaks at run time, only a VirtualService without hosts takes what is delegated.`,
      fix: `Remove spec.hosts from "${named(whole)}".`,
    };
  const others = all.filter(
    (each) =>
      each.namespace === namespace && each.spec.get("hosts") === undefined && areTogether(each, object),
  );
  if (found.length === 0 && others.length > 0)
    yield {
      message: `${where} delegates to "${name}", and there is no such VirtualService beside ${others.map((each) => `"${named(each)}"`).join(", ")}: breaks at run time, its requests get 404.`,
      fix: `Write "${others[0]?.name}", or add the VirtualService "${name}".`,
    };
}
