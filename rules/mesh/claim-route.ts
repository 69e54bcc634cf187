import type { Rule } from "../rule.ts";
import { type labels, named, objects, virtualServices } from "./objects.ts";
import { analysis } from "./sources.ts";

const CLAIM = /^@request\.auth\.claims[.[]/;

/** Claims of a token are there only where something has verified the token. */
export const claimRoute: Rule = {
  id: "mesh/claim-route",
  why: "A route that matches a claim of a JWT never takes a request where no RequestAuthentication has read the token at the gateway.",
  limit: "a RequestAuthentication in the namespace of the gateway's pods, or in istio-system",
  fix: "Add a RequestAuthentication for the gateway's pods.",
  source: analysis("ist0149"),
  example: `kind: VirtualService
spec:
  http:
    - match: [{ headers: { "@request.auth.claims.group": { exact: admin } } }]
      route: [{ destination: { host: admin } }] # nothing verifies tokens`,
  *check(graph) {
    if (objects(graph, "security.istio.io/RequestAuthentication").length > 0) return;
    for (const virtualService of virtualServices(graph)) {
      const claim = virtualService.spec
        .blocks("http")
        .flatMap((route) => route.blocks("match"))
        .flatMap((match) => [...claims(match, "headers"), ...claims(match, "withoutHeaders")])[0];
      if (claim === undefined) continue;
      yield {
        resource: virtualService.resource,
        severity: "warning",
        message: `${named(virtualService)} routes by the claim "${claim}", and the input holds no RequestAuthentication: without one no request has claims, and the route is never taken.`,
      };
    }
  },
};

function claims(match: Parameters<typeof labels>[0], part: string): string[] {
  return Object.keys(match.blocks(part)[0]?.values ?? {}).filter((name) => CLAIM.test(name));
}
