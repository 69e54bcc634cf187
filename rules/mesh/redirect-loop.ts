import type { Block } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { boundGateways, servedHosts, serves } from "./hosts.ts";
import { gateways, named, texts, virtualServices } from "./objects.ts";
import { endsTls } from "./servers.ts";
import { SECURE_GATEWAY_DOC } from "./sources.ts";

/** A redirect to https that also takes what came over https sends browsers round in a circle. */
export const redirectLoop: Rule = {
  id: "mesh/redirect-loop",
  why: "A route that redirects to https takes the requests of the HTTPS server too, and sends them to where they came from: browsers give up after 20 redirects.",
  limit: "a redirect to https matches scheme http or the HTTP port, or changes host or path",
  fix: "Set tls.httpsRedirect: true on the HTTP server of the Gateway, and let the route lead to the Service.",
  source: SECURE_GATEWAY_DOC,
  example: `kind: Gateway # serves app.example.com on 80 and, with a certificate, on 443
---
kind: VirtualService
spec: { http: [{ redirect: { scheme: https } }] } # https://app.example.com leads to itself`,
  *check(graph) {
    const all = gateways(graph);
    for (const virtualService of virtualServices(graph)) {
      const { spec, namespace, resource } = virtualService;
      const route = spec.blocks("http").find(isCircle);
      if (route === undefined) continue;
      const hosts = texts(spec, "hosts") ?? [];
      const gateway = boundGateways(virtualService, all).find(([first, ...others]) =>
        others.length > 0
          ? false
          : first.spec
              .blocks("servers")
              .some(
                (server) =>
                  endsTls(server) &&
                  servedHosts(server, first)?.some((served) =>
                    hosts.some((host) => serves(served, host, namespace)),
                  ),
              ),
      )?.[0];
      if (gateway !== undefined)
        yield {
          resource,
          severity: "error",
          message: `${named(virtualService)} redirects to https whatever comes, and its Gateway "${named(gateway)}" ends TLS for the same host: breaks at run time, https:// leads to itself in a circle.`,
        };
    }
  },
};

/** Conditions by which a route may tell plain HTTP. */
const TELLING = ["scheme", "port", "headers", "withoutHeaders", "gateways", "authority"];

function isCircle(route: Block): boolean {
  const changed = ["uri", "authority", "port", "prefixRewrite"].some(
    (part) => route.get(`redirect.${part}`) !== undefined,
  );
  return (
    route.string("redirect.scheme") === "https" &&
    !changed &&
    !route.blocks("match").some((match) => TELLING.some((key) => match.get(key) !== undefined))
  );
}
