import { boundGateways, hostsMeet, servedHosts } from "../../analysis/mesh/hosts.ts";
import {
  gateways,
  labels,
  type MeshObject,
  named,
  objects,
  selects,
  texts,
  virtualServices,
} from "../../analysis/mesh/objects.ts";
import { isHttp, isTls, protocolOf, serverName } from "../../analysis/mesh/servers.ts";
import type { Block, Graph } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { SECURE_GATEWAY_DOC } from "./sources.ts";

/** In incident I-0 the Gateway listened on HTTP port 80 only, and https:// was unreachable. */
export const gatewayHttps: Rule = {
  id: "mesh/gateway-https",
  why: "A host that only a plain HTTP server of a Gateway serves is unreachable under https://, and its traffic is not encrypted.",
  limit: "each host of an HTTP server is served by an HTTPS server too, and the HTTP server redirects to it",
  fix: "Add a server with port 443, protocol HTTPS, tls.mode SIMPLE and credentialName, and set tls.httpsRedirect: true on the HTTP server.",
  source: SECURE_GATEWAY_DOC,
  exampleSeverity: "warning",
  *check(graph) {
    const all = gateways(graph);
    for (const gateway of all) {
      for (const server of gateway.spec.blocks("servers")) {
        if (!isHttp(protocolOf(server))) continue;
        const redirects = server.boolean("tls.httpsRedirect") === true;
        const hosts = (servedHosts(server, gateway) ?? []).map(({ host }) => host);
        const plain = hosts.filter((host) => !isServedOverTls(host, gateway, all));
        if (plain.length > 0) {
          const intended = redirects
            ? "it redirects to HTTPS"
            : server.number("port.number") === 443
              ? "port 443 is that of HTTPS"
              : intent(graph, plain, gateway, all);
          const which = plain.map((host) => `"${host}"`).join(", ");
          yield {
            resource: gateway.resource,
            severity: intended === undefined ? "warning" : "error",
            message:
              intended === undefined
                ? `${named(gateway)}: ${serverName(server)} serves ${which} over plain HTTP only; fails at run time unless something before the gateway terminates TLS: https:// is unreachable.`
                : `${named(gateway)}: ${serverName(server)} serves ${which} over plain HTTP only although ${intended}; fails at run time: no Gateway has an HTTPS server for it, and https:// is unreachable.`,
          };
        } else if (!redirects && server.get("tls.httpsRedirect") === undefined)
          yield {
            resource: gateway.resource,
            severity: "warning",
            message: `${named(gateway)}: ${serverName(server)} serves over plain HTTP what another server serves over HTTPS; fails at run time: without tls.httpsRedirect cookies and passwords may be sent unencrypted.`,
            fix: "Set tls: { httpsRedirect: true } on the HTTP server.",
          };
      }
    }
  },
};

function isServedOverTls(host: string, gateway: MeshObject, all: readonly MeshObject[]): boolean {
  return all
    .filter((other) => mayShareAddress(gateway, other))
    .some((other) =>
      other.spec
        .blocks("servers")
        .some(
          (server) =>
            isTls(protocolOf(server)) &&
            (servedHosts(server, other) ?? [{ host: "*" }]).some((served) => hostsMeet(served.host, host)),
        ),
    );
}

/** Gateways on the same pods share an address; with an unknown selector they may. */
function mayShareAddress(a: MeshObject, b: MeshObject): boolean {
  const [one, other] = [labels(a.spec, "selector"), labels(b.spec, "selector")];
  return selects(one, other) || selects(other, one);
}

/** Why HTTPS is certainly intended for one of the hosts; undefined where plain HTTP may be. */
function intent(
  graph: Graph,
  hosts: readonly string[],
  gateway: MeshObject,
  all: readonly MeshObject[],
): string | undefined {
  const certificate = objects(graph, "cert-manager.io/Certificate").find((candidate) =>
    (texts(candidate.spec, "dnsNames") ?? []).some((name) => hosts.includes(name)),
  );
  if (certificate !== undefined) return `the Certificate "${named(certificate)}" is for it`;
  const redirecting = virtualServices(graph)
    .filter((virtualService) => boundGateways(virtualService, all).flat().includes(gateway))
    .find((virtualService) => virtualService.spec.blocks("http").some(toHttps));
  return redirecting === undefined ? undefined : `"${named(redirecting)}" redirects to https`;
}

function toHttps(route: Block): boolean {
  return route.string("redirect.scheme") === "https";
}
