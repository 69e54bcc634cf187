import { hostsMeet, MESH } from "../../analysis/mesh/hosts.ts";
import { virtualServices } from "../../analysis/mesh/objects.ts";
import {
  type Attributes,
  anything,
  atLeastOneOf,
  atMostOneOf,
  type Constraint,
  custom,
  describe,
  forbidden,
  form,
  range,
  required,
} from "../../resources/index.ts";
import { re2 } from "../../values/packages.ts";
import type { Rule } from "../rule.ts";
import { specViolations } from "./constraints.ts";
import { routeReferences } from "./route-references.ts";
import { VIRTUAL_SERVICE_DOC } from "./sources.ts";

const KINDS = ["http", "tls", "tcp"];
const HTTP = { within: "http[]" };
const MATCH = { within: "http[].match[]" };

const constraints: readonly Constraint[] = [
  atLeastOneOf(KINDS, { fix: "Add spec.http." }),
  custom("no host within another", overlappingHosts),
  custom('host "*" with gateways only', everyHost),
  forbidden(["gateways"], {
    when: { hosts: [undefined] },
    because: "a delegate has neither hosts nor gateways",
    fix: "Add spec.hosts, or remove gateways from a delegate.",
  }),
  atMostOneOf(["route", "redirect", "directResponse"], HTTP),
  atLeastOneOf(["route", "redirect", "directResponse", "delegate"], HTTP),
  forbidden(["rewrite", "fault"], {
    ...HTTP,
    when: { redirect: [anything] },
    because: "a redirect does not reach a destination",
    fix: "Change the path with redirect.uri.",
  }),
  custom("http.route: weights that are not all 0", weights, HTTP),
  required(["directResponse.status"], { ...HTTP, when: { directResponse: [anything] } }),
  atLeastOneOf(["fault.abort.httpStatus", "fault.abort.grpcStatus", "fault.abort.http2Error"], {
    ...HTTP,
    when: { "fault.abort": [anything] },
    fix: "Add fault.abort.httpStatus, for example 503.",
  }),
  atMostOneOf(["uri.exact", "uri.prefix", "uri.regex"], MATCH),
  custom("http.match.uri: exact, prefix or regex, not empty", uriMatch, MATCH),
  ...["uri.exact", "uri.prefix"].map((path) =>
    form(path, /^\//, {
      ...MATCH,
      outcome: "fails at run time",
      because: "no path begins with it, and the route never gets a request",
      form: "a path",
      examples: ["/api"],
    }),
  ),
  ...["tls", "tcp"].map((kind) => required(["route"], { within: `${kind}[]` })),
  ...KINDS.flatMap((kind) => [
    required(["destination.host"], { within: `${kind}[].route[]` }),
    range("weight", { within: `${kind}[].route[]`, low: 0 }),
  ]),
  required(["match"], {
    within: "tls[]",
    because: "TLS is routed by server name",
    fix: 'Add match with sniHosts, for example ["app.example.com"].',
  }),
  required(["sniHosts"], { within: "tls[].match[]" }),
  custom("tls.match.sniHosts within hosts", serverNames),
];

/** What Istio's admission webhook rejects in a virtual service. */
export const virtualService: Rule = {
  id: "mesh/virtual-service",
  why: "Istio rejects a VirtualService whose routes have no destination, or more than one kind of it.",
  limit: constraints.map(describe).join("; "),
  fix: "Give each route one of route, redirect, directResponse or delegate.",
  source: VIRTUAL_SERVICE_DOC,
  *check(graph) {
    const all = virtualServices(graph);
    for (const object of all) {
      yield* specViolations(object, constraints);
      yield* routeReferences(object, all);
    }
  },
};

function texts(attributes: Attributes, path: string): readonly string[] {
  const list = attributes.get(path);
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}

function* overlappingHosts(spec: Attributes) {
  const hosts = texts(spec, "hosts");
  for (const [index, host] of hosts.entries()) {
    const twin = hosts.slice(0, index).find((earlier) => hostsMeet(earlier, host));
    if (twin !== undefined)
      yield {
        found: `hosts has "${twin}" and "${host}"`,
        because: "they are the same, or one includes the other",
        fix: "Keep the broader one.",
      };
  }
}

function* everyHost(spec: Attributes) {
  const gateways = texts(spec, "gateways");
  if (spec.isUnknown("gateways") || !texts(spec, "hosts").includes("*")) return;
  if (gateways.length === 0 || gateways.includes(MESH))
    yield {
      found: 'hosts has "*" for the mesh',
      because: "it is for gateways only",
      fix: "Write the hosts, or name the gateways.",
    };
}

function* weights(route: Attributes) {
  const all = route.blocks("route").map((each) => each.number("weight"));
  if (all.length > 1 && all.every((weight) => weight === 0 || weight === undefined))
    yield {
      found: `route has ${all.length} destinations whose weights add up to 0`,
      because: "no destination gets a request",
      fix: "Write weights that add up to 100.",
    };
}

function* uriMatch(match: Attributes) {
  const uri = match.isUnknown("uri") ? undefined : match.get("uri");
  const unknown = Object.keys(uri ?? {}).find((kind) => !["exact", "prefix", "regex"].includes(kind));
  if (unknown !== undefined)
    yield {
      found: `uri has "${unknown}"`,
      because: "it must be exact, prefix or regex",
      fix: 'Write for example uri: { prefix: "/api" }.',
    };
  if (match.get("uri.prefix") === "" || match.get("uri.exact") === "")
    yield {
      found: "uri is empty",
      because: "a path is needed",
      fix: 'Write "/" for every path, or leave the match out.',
    };
  const regex = match.string("uri.regex");
  if (regex !== undefined && !isRegex(regex))
    yield { found: `uri.regex is "${regex}"`, because: "it is not a regular expression of RE2" };
}

/** Istio matches with RE2, which has neither lookaheads nor backreferences. */
function isRegex(text: string): boolean {
  try {
    re2().RE2JS.compile(text);
    return true;
  } catch {
    return false;
  }
}

function* serverNames(spec: Attributes) {
  const hosts = texts(spec, "hosts");
  if (hosts.length === 0) return;
  for (const match of spec.blocks("tls").flatMap((route) => route.blocks("match"))) {
    const other = texts(match, "sniHosts").find((name) => !hosts.some((host) => hostsMeet(host, name)));
    if (other !== undefined)
      yield {
        found: `tls.match.sniHosts has "${other}"`,
        because: `none of hosts (${hosts.join(", ")}) includes it`,
        fix: `Add "${other}" to spec.hosts.`,
      };
  }
}
