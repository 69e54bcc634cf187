import { boundGateways, servedHosts, serves } from "../../analysis/mesh/hosts.ts";
import { gateways, named, texts, virtualServices } from "../../analysis/mesh/objects.ts";
import { terminatesTls } from "../../analysis/mesh/servers.ts";
import type { Block } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { SECURE_GATEWAY_DOC } from "./sources.ts";

/** A redirect to https that also applies to requests over https is a loop. */
export const redirectLoop: Rule = {
  id: "mesh/redirect-loop",
  why: "A route that redirects to https applies to the HTTPS server too and redirects its requests to themselves: browsers give up after 20 redirects.",
  limit: "a redirect to https matches scheme http or the HTTP port, or changes host or path",
  fix: "Set tls.httpsRedirect: true on the HTTP server of the Gateway, and route to the Service.",
  source: SECURE_GATEWAY_DOC,
  *check(graph) {
    const all = gateways(graph);
    for (const virtualService of virtualServices(graph)) {
      const { spec, namespace, resource } = virtualService;
      const route = spec.blocks("http").find(isLoop);
      if (route === undefined) continue;
      const hosts = texts(spec, "hosts") ?? [];
      const gateway = boundGateways(virtualService, all).find(([first, ...others]) =>
        others.length > 0
          ? false
          : first.spec
              .blocks("servers")
              .some(
                (server) =>
                  terminatesTls(server) &&
                  servedHosts(server, first)?.some((served) =>
                    hosts.some((host) => serves(served, host, namespace)),
                  ),
              ),
      )?.[0];
      if (gateway !== undefined)
        yield {
          resource,
          message: `${named(virtualService)}: redirect.scheme is https for every request; fails at run time: its Gateway "${named(gateway)}" terminates TLS for the same host, so https:// redirects to itself.`,
        };
    }
  },
};

/** Conditions by which a route may match plain HTTP only. */
const DISTINGUISHING = ["scheme", "port", "headers", "withoutHeaders", "gateways", "authority"];

function isLoop(route: Block): boolean {
  const changed = ["uri", "authority", "port", "prefixRewrite"].some(
    (part) => route.get(`redirect.${part}`) !== undefined,
  );
  return (
    route.string("redirect.scheme") === "https" &&
    !changed &&
    !route.blocks("match").some((match) => DISTINGUISHING.some((key) => match.get(key) !== undefined))
  );
}
