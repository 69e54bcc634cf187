import type { Rule } from "../rule.ts";
import { boundGateways, servedHosts, serves } from "./hosts.ts";
import { gateways, named, texts, virtualServices } from "./objects.ts";
import { endsTls, isHttp, isTls, protocolOf, serverName } from "./servers.ts";
import { TRAFFIC_PROBLEMS_DOC } from "./sources.ts";

/** HTTP routes need a gateway that decrypts; TLS routes one that does not. */
export const routeProtocol: Rule = {
  id: "mesh/route-protocol",
  why: "A gateway that passes TLS through cannot read paths, and one that ends TLS has no server name left to route by: routes of the other kind are ignored.",
  limit:
    "http routes on servers with HTTP or with HTTPS that ends TLS; tls routes on servers with mode PASSTHROUGH",
  fix: "Let the gateway end TLS (mode SIMPLE with credentialName) for http routes, or write tls routes with sniHosts.",
  source: TRAFFIC_PROBLEMS_DOC,
  example: `kind: Gateway
spec: { servers: [{ port: { number: 443, name: https, protocol: HTTPS }, tls: { mode: PASSTHROUGH }, hosts: ["app.example.com"] }] }
---
kind: VirtualService
spec: { hosts: ["app.example.com"], http: [{ route: [{ destination: { host: web } }] }] }`,
  *check(graph) {
    const all = gateways(graph);
    for (const virtualService of virtualServices(graph)) {
      const { spec, resource, namespace } = virtualService;
      const kinds = ["http", "tls", "tcp"].filter((kind) => spec.blocks(kind).length > 0);
      const hosts = texts(spec, "hosts") ?? [];
      for (const alternatives of boundGateways(virtualService, all)) {
        const [gateway] = alternatives;
        const servers = alternatives.flatMap((each) =>
          each.spec
            .blocks("servers")
            .filter((server) =>
              servedHosts(server, each)?.some((served) =>
                hosts.some((host) => serves(served, host, namespace)),
              ),
            ),
        );
        if (servers.length === 0 || kinds.length !== 1) continue;
        const fits = servers.filter((server) => {
          const protocol = protocolOf(server);
          if (protocol === undefined || (isTls(protocol) && server.string("tls.mode") === undefined))
            return true;
          if (kinds[0] === "http") return isHttp(protocol) || endsTls(server);
          if (kinds[0] === "tls") return isTls(protocol) && !endsTls(server);
          return !isHttp(protocol);
        });
        if (fits.length > 0) continue;
        const [server] = servers;
        if (server === undefined) continue;
        yield {
          resource,
          severity: "error",
          message: `${named(virtualService)} has ${kinds[0]} routes only, and ${serverName(server)} of "${named(gateway)}" speaks ${protocolOf(server)}${isTls(protocolOf(server)) ? ` with tls.mode ${server.string("tls.mode")}` : ""}: breaks at run time, its routes are ignored.`,
        };
      }
    }
  },
};
