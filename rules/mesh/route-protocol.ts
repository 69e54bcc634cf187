import { boundGateways, servedHosts, serves } from "../../analysis/mesh/hosts.ts";
import { gateways, named, texts, virtualServices } from "../../analysis/mesh/objects.ts";
import { isHttp, isTls, protocolOf, serverName, terminatesTls } from "../../analysis/mesh/servers.ts";
import type { Rule } from "../rule.ts";
import { TRAFFIC_PROBLEMS_DOC } from "./sources.ts";

/** HTTP routes need a gateway that terminates TLS; TLS routes one that does not. */
export const routeProtocol: Rule = {
  id: "mesh/route-protocol",
  why: "A gateway that passes TLS through cannot read paths, and one that terminates TLS has no server name left to route by: routes of the other kind are ignored.",
  limit:
    "http routes on servers with HTTP or with HTTPS that terminates TLS; tls routes on servers with mode PASSTHROUGH",
  fix: "Let the gateway terminate TLS (mode SIMPLE with credentialName) for http routes, or write tls routes with sniHosts.",
  source: TRAFFIC_PROBLEMS_DOC,
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
          if (kinds[0] === "http") return isHttp(protocol) || terminatesTls(server);
          if (kinds[0] === "tls") return isTls(protocol) && !terminatesTls(server);
          return !isHttp(protocol);
        });
        if (fits.length > 0) continue;
        const [server] = servers;
        if (server === undefined) continue;
        yield {
          resource,
          message: `${named(virtualService)} has ${kinds[0]} routes only; fails at run time: ${serverName(server)} of "${named(gateway)}" has protocol ${protocolOf(server)}${isTls(protocolOf(server)) ? ` with tls.mode ${server.string("tls.mode")}` : ""}, and its routes are ignored.`,
        };
      }
    }
  },
};
