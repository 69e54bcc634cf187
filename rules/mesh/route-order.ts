import { named, texts, virtualServices } from "../../analysis/mesh/objects.ts";
import { type Block, isUnknown } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { analysis } from "./sources.ts";

/** Routes are tried in order: a route after a broader one is never reached. */
export const routeOrder: Rule = {
  id: "mesh/route-order",
  why: "Istio uses the first route that matches: a route after a broader one never gets a request.",
  limit: "no route after one that matches everything it matches; the route without a match is the last",
  fix: "Move the narrower route before the broader one, for example prefix /api before the route without a match.",
  source: analysis("ist0130"),
  *check(graph) {
    for (const virtualService of virtualServices(graph)) {
      for (const kind of ["http", "tls", "tcp"]) {
        const routes = virtualService.spec.blocks(kind);
        for (const [index, route] of routes.entries()) {
          const covered = coveredBy(routes.slice(0, index), route, index);
          if (covered !== undefined)
            yield {
              resource: virtualService.resource,
              severity: covered.severity,
              message: `${named(virtualService)}: ${covered.message}`,
            };
        }
      }
    }
  },
};

function coveredBy(
  before: readonly Block[],
  route: Block,
  index: number,
): { readonly severity: "error" | "warning"; readonly message: string } | undefined {
  const shown = (found: number, earlier: Block): string =>
    `route ${label(earlier, found)} (${described(earlier)}) before it`;
  const whole = before.findIndex((candidate) => covers(candidate, route));
  const earlier = before[whole];
  if (earlier !== undefined) {
    const same = endOf(earlier) === endOf(route);
    return {
      severity: same ? "warning" : "error",
      message: `route ${label(route, index)} (${described(route)}) is never reached; fails at run time: ${shown(whole, earlier)} matches all of it${same ? "" : ", and its requests go to another service"}.`,
    };
  }
  for (const [found, candidate] of before.entries()) {
    if (isUnknown(candidate.get("match")) || endOf(candidate) === endOf(route)) continue;
    const lost = route
      .blocks("match")
      .find((match) => candidate.blocks("match").some((broader) => coversMatch(broader, match)));
    if (lost !== undefined)
      return {
        severity: "warning",
        message: `route ${label(route, index)} never gets what its match "${matchText(lost)}" matches; fails at run time: ${shown(found, candidate)} matches all of it.`,
      };
  }
  return undefined;
}

function endOf(route: Block): string {
  return JSON.stringify(route.get("route") ?? null);
}

/** True where the earlier route matches every request that the later one matches. */
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
  return conditions(match).every(
    (key) => key === "uri" && coversText(match.blocks("uri")[0], undefined, false),
  );
}

/** Each condition of the broader match must be met by whatever meets the narrower one. */
function coversMatch(broader: Block, narrower: Block): boolean {
  const ignoresCase = broader.boolean("ignoreUriCase") === true;
  return (
    conditions(broader).every((key) => {
      if (key === "ignoreUriCase") return true;
      if (key === "uri" || key === "scheme" || key === "method" || key === "authority")
        return coversText(broader.blocks(key)[0], narrower.blocks(key)[0], key === "uri" && ignoresCase);
      if (key === "sniHosts") return coversNames(texts(broader, key), texts(narrower, key));
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
  if (prefix === "/" || [".*", "/.*"].includes(broader.string("regex") ?? "")) return true;
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
  return matches.map(matchText).join(" or ");
}

function matchText(match: Block): string {
  const [uri] = match.blocks("uri");
  const [kind] = Object.keys(uri?.values ?? {});
  const rest = conditions(match).filter((key) => key !== "uri" && key !== "sniHosts" && key !== "port");
  const parts = [
    ...(kind === undefined ? [] : [`${kind} ${uri?.string(kind)}`]),
    ...(texts(match, "sniHosts") ?? []),
    ...(match.get("port") === undefined ? [] : [`port ${match.string("port")}`]),
  ];
  const what = parts.length === 0 ? "any path" : parts.join(" ");
  return rest.length === 0 ? what : `${what} with ${rest.join(" and ")}`;
}

/** True where each of the narrower names is, or ends like, one of the broader ones. */
function coversNames(
  broader: readonly string[] | undefined,
  narrower: readonly string[] | undefined,
): boolean {
  if (broader === undefined || narrower === undefined || narrower.length === 0) return false;
  return narrower.every((name) =>
    broader.some((wide) => wide === name || (wide.startsWith("*") && name.endsWith(wide.slice(1)))),
  );
}
