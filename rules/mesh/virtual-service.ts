import { type Block, isUnknown } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { hostsMeet } from "./hosts.ts";
import { named, texts, virtualServices } from "./objects.ts";
import { routeProblems } from "./route-form.ts";
import { VIRTUAL_SERVICE_DOC } from "./sources.ts";

/** What Istio's admission webhook refuses of a virtual service. */
export const virtualService: Rule = {
  id: "mesh/virtual-service",
  why: "Istio refuses a VirtualService whose routes have no end, or more than one.",
  limit:
    "http, tls or tcp routes; each http route has route, redirect, directResponse or delegate, and a rewrite only with a route; no host twice; weights that are not all 0",
  fix: "Give each route one end.",
  source: VIRTUAL_SERVICE_DOC,
  example: `kind: VirtualService
spec: { hosts: ["app.example.com"], http: [{ match: [{ uri: { prefix: /api } }] }] } # leads nowhere`,
  *check(graph) {
    const all = virtualServices(graph);
    for (const object of all) {
      const say = (message: string, fix?: string): Verdict => ({
        resource: object.resource,
        severity: "error",
        message: `${named(object)}: ${message}`,
        ...(fix === undefined ? {} : { fix }),
      });
      const { spec } = object;
      if (["http", "tls", "tcp"].some((kind) => isUnknown(spec.get(kind)))) continue;
      if (["http", "tls", "tcp"].every((kind) => spec.blocks(kind).length === 0))
        yield say("it has no routes, refused at apply.", "Add spec.http.");
      const hosts = texts(spec, "hosts") ?? [];
      for (const [index, host] of hosts.entries()) {
        const twin = hosts.slice(0, index).find((earlier) => hostsMeet(earlier, host));
        if (twin !== undefined)
          yield say(
            `its hosts "${twin}" and "${host}" are the same or one within the other, refused at apply.`,
            "Keep the broader one.",
          );
      }
      const gateways = texts(spec, "gateways");
      if (
        gateways !== undefined &&
        hosts.includes("*") &&
        (gateways.length === 0 || gateways.includes("mesh"))
      )
        yield say(
          'host "*" is for gateways only, refused at apply where the mesh is meant.',
          "Write the hosts, or name the gateways.",
        );
      const delegate = spec.get("hosts") === undefined;
      if (delegate && gateways !== undefined && gateways.length > 0)
        yield say(
          "it has gateways and no hosts, refused at apply.",
          "Add spec.hosts, or remove gateways from a delegate.",
        );
      for (const { message, fix } of routeProblems(object, all)) yield say(message, fix);
      for (const [index, route] of spec.blocks("http").entries())
        yield* ends(route, `route ${route.string("name") ?? index + 1}`, say);
    }
  },
};

function* ends(
  route: Block,
  where: string,
  say: (message: string, fix?: string) => Verdict,
): Iterable<Verdict> {
  const has = (name: string): boolean => {
    const value = route.get(name);
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  };
  const written = ["route", "redirect", "directResponse"].filter(has);
  if (written.length === 0 && !has("delegate"))
    yield say(`${where} has no route, redirect, directResponse or delegate, refused at apply.`);
  if (written.length > 1)
    yield say(`${where} has ${written.join(" and ")}, refused at apply: a request has one end.`);
  if (has("redirect") && (has("rewrite") || has("fault")))
    yield say(`${where} redirects and rewrites, refused at apply.`, "Change the path with redirect.uri.");
  const weights = route.blocks("route").map((each) => each.number("weight"));
  if (weights.length > 1 && weights.every((weight) => weight === 0 || weight === undefined))
    yield say(
      `${where} has ${weights.length} destinations whose weights add up to 0, refused at apply.`,
      "Write weights that add up to 100.",
    );
  if (has("directResponse") && route.get("directResponse.status") === undefined)
    yield say(`${where} answers by itself without a status, refused at apply.`, "Add directResponse.status.");
  if (
    route.get("fault.abort") !== undefined &&
    ["httpStatus", "grpcStatus", "http2Error"].every((kind) => route.get(`fault.abort.${kind}`) === undefined)
  )
    yield say(`${where} aborts without a status, refused at apply.`, "Add fault.abort.httpStatus.");
  for (const match of route.blocks("match")) {
    const [uri] = match.blocks("uri");
    const kinds = Object.keys(uri?.values ?? {});
    const kind = kinds.find((each) => !["exact", "prefix", "regex"].includes(each));
    if (kind !== undefined)
      yield say(
        `${where} matches the path by "${kind}", refused at apply: allowed are exact, prefix and regex.`,
        'Write for example uri: { prefix: "/api" }.',
      );
    if (kinds.length > 1)
      yield say(`${where} matches the path by ${kinds.join(" and ")}, refused at apply: one of them only.`);
    const regex = uri?.string("regex");
    if (regex !== undefined && !isRegex(regex))
      yield say(
        `${where} matches the path by the regular expression "${regex}", refused at apply: it is none.`,
      );
    const text = uri?.string("prefix") ?? uri?.string("exact");
    if (text !== undefined && text !== "" && !text.startsWith("/"))
      yield say(
        `${where} matches the path "${text}", which no path begins with: breaks at run time, the route never gets a request.`,
        `Write "/${text}".`,
      );
    if (uri?.string("prefix") === "" || uri?.string("exact") === "")
      yield say(
        `${where} matches an empty path, refused at apply.`,
        'Write "/" for every path, or leave the match out.',
      );
  }
}

/** Google's RE2 has flags and groups of its own, which are not judged. */
function isRegex(text: string): boolean {
  if (text.includes("(?")) return true;
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
