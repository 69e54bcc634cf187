import { type labels, named, objects, virtualServices } from "../../analysis/mesh/objects.ts";
import type { Rule } from "../rule.ts";
import { analysis } from "./sources.ts";

const CLAIM = /^@request\.auth\.claims[.[]/;

/** A request has claims only where something has verified its token. */
export const claimRoute: Rule = {
  id: "mesh/claim-route",
  why: "A route that matches a claim of a JWT never gets a request where no RequestAuthentication verifies tokens at the gateway.",
  limit: "a RequestAuthentication in the namespace of the gateway's pods, or in istio-system",
  fix: "Add a RequestAuthentication for the gateway's pods, for example with selector istio: ingressgateway.",
  source: analysis("ist0149"),
  exampleSeverity: "warning",
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
        message: `${named(virtualService)}: a route matches the claim "${claim}"; fails at run time: without a RequestAuthentication no request has claims, and the input has none.`,
      };
    }
  },
};

function claims(match: Parameters<typeof labels>[0], part: string): string[] {
  return Object.keys(match.blocks(part)[0]?.values ?? {}).filter((name) => CLAIM.test(name));
}
