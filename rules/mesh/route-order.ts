import { type Block, isUnknown } from "../graph/graph.ts";
import type { Rule } from "../rule.ts";
import { named, virtualServices } from "./objects.ts";
import { analysis } from "./sources.ts";

/** Routes are tried in order: what comes after a broader match is never reached. */
export const routeOrder: Rule = {
  id: "mesh/route-order",
  why: "Istio takes the first route that matches: a route behind a broader one never gets a request.",
  limit:
    "no route stands behind one that takes everything it would take; the route without a match is the last",
  fix: "Move the narrower route before the broader one.",
  source: analysis("ist0130"),
  example: `kind: VirtualService
spec:
  http:
    - route: [{ destination: { host: web } }] # takes everything
    - match: [{ uri: { prefix: /api } }] # never reached
      route: [{ destination: { host: api-server } }]`,
  *check(graph) {
    for (const virtualService of virtualServices(graph)) {
      const routes = virtualService.spec.blocks("http");
      for (const [index, route] of routes.entries()) {
        const earlier = routes.slice(0, index).findIndex((candidate) => covers(candidate, route));
        const before = routes[earlier];
        if (before === undefined) continue;
        const same =
          JSON.stringify(before.get("route") ?? null) === JSON.stringify(route.get("route") ?? null);
        yield {
          resource: virtualService.resource,
          severity: same ? "warning" : "error",
          message: `${named(virtualService)}: route ${label(route, index)} (${described(route)}) is never reached, because route ${label(before, earlier)} (${described(before)}) before it takes all of it${same ? "" : "; breaks at run time, its requests go to another service"}.`,
        };
      }
    }
  },
};

/** True where every request that the later route would take is taken by the earlier one. */
function covers(earlier: Block, later: Block): boolean {
  if (isUnknown(earlier.get("match")) || isUnknown(later.get("match"))) return false;
  const before = earlier.blocks("match");
  const after = later.blocks("match");
  if (before.length === 0) return true;
  if (after.length === 0) return before.some((match) => isEverything(match));
  return after.every((match) => before.some((broader) => coversMatch(broader, match)));
}

function conditions(match: Block): string[] {
  return Object.keys(match.values).filter((key) => key !== "name" && match.get(key) !== undefined);
}

function isEverything(match: Block): boolean {
  return conditions(match).every((key) => key === "uri" && match.string("uri.prefix") === "/");
}

/** Each condition of the broader match must be met by whatever meets the narrower one. */
function coversMatch(broader: Block, narrower: Block): boolean {
  const ignoresCase = broader.boolean("ignoreUriCase") === true;
  return (
    conditions(broader).every((key) => {
      if (key === "ignoreUriCase") return true;
      if (key === "uri" || key === "scheme" || key === "method" || key === "authority")
        return coversText(broader.blocks(key)[0], narrower.blocks(key)[0], key === "uri" && ignoresCase);
      return JSON.stringify(broader.get(key)) === JSON.stringify(narrower.get(key));
    }) &&
    (ignoresCase || narrower.boolean("ignoreUriCase") !== true)
  );
}

/** exact, prefix or regex; a regex is only compared for being the same. */
function coversText(broader: Block | undefined, narrower: Block | undefined, ignoresCase: boolean): boolean {
  if (broader === undefined) return false;
  const same = (text: string | undefined): string | undefined => (ignoresCase ? text?.toLowerCase() : text);
  const prefix = same(broader.string("prefix"));
  if (prefix === "/") return true;
  if (narrower === undefined) return false;
  const exact = same(broader.string("exact"));
  const regex = broader.string("regex");
  if (regex !== undefined) return regex === narrower.string("regex");
  if (exact !== undefined) return exact === same(narrower.string("exact"));
  if (prefix === undefined) return false;
  const text = same(narrower.string("exact") ?? narrower.string("prefix"));
  return text?.startsWith(prefix) === true;
}

function label(route: Block, index: number): string {
  return route.string("name") ?? String(index + 1);
}

function described(route: Block): string {
  const matches = route.blocks("match");
  if (matches.length === 0) return "no match: everything";
  return matches
    .map((match) => {
      const uri = match.blocks("uri")[0];
      const [kind] = Object.keys(uri?.values ?? {});
      const rest = conditions(match).filter((key) => key !== "uri");
      const path = kind === undefined ? "any path" : `${kind} ${uri?.string(kind)}`;
      return rest.length === 0 ? path : `${path} with ${rest.join(" and ")}`;
    })
    .join(" or ");
}
