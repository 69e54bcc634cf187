import type { Block, Graph } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { boundGateways, hostsMeet, servedHosts } from "./hosts.ts";
import {
  gateways,
  labels,
  type MeshObject,
  named,
  objects,
  selects,
  texts,
  virtualServices,
} from "./objects.ts";
import { isHttp, isTls, protocolOf, serverName } from "./servers.ts";
import { SECURE_GATEWAY_DOC } from "./sources.ts";

/** I-0: the Gateway listened on HTTP 80 only, and https:// was unreachable. */
export const gatewayHttps: Rule = {
  id: "mesh/gateway-https",
  why: "A host that only a plain HTTP server of a Gateway serves is unreachable under https://, and what is sent to it travels unencrypted (incident I-0).",
  limit: "each host of an HTTP server is served by an HTTPS server too, and the HTTP server redirects to it",
  fix: "Add a server with port 443, protocol HTTPS, tls.mode SIMPLE and credentialName, and set tls.httpsRedirect: true on the HTTP server.",
  source: SECURE_GATEWAY_DOC,
  example: `kind: Gateway
spec:
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: ["app.example.com"] # nothing listens on 443`,
  *check(graph) {
    const all = gateways(graph);
    for (const gateway of all) {
      for (const server of gateway.spec.blocks("servers")) {
        if (!isHttp(protocolOf(server))) continue;
        const redirects = server.boolean("tls.httpsRedirect") === true;
        const hosts = (servedHosts(server, gateway) ?? []).map(({ host }) => host);
        const plain = hosts.filter((host) => !isServedOverTls(host, gateway, all));
        if (plain.length > 0) {
          const meant = redirects
            ? "it redirects to HTTPS"
            : server.number("port.number") === 443
              ? "its port is that of HTTPS"
              : intent(graph, plain, gateway, all);
          const which = plain.map((host) => `"${host}"`).join(", ");
          yield {
            resource: gateway.resource,
            severity: meant === undefined ? "warning" : "error",
            message:
              meant === undefined
                ? `${named(gateway)}: ${serverName(server)} serves ${which} over plain HTTP, and no server of the input serves it over HTTPS: https:// is unreachable unless something before the gateway ends TLS.`
                : `${named(gateway)}: ${serverName(server)} serves ${which} over plain HTTP only although ${meant}, and no Gateway of the input has an HTTPS server for it: breaks at run time, https:// is unreachable.`,
          };
        } else if (!redirects && server.get("tls.httpsRedirect") === undefined)
          yield {
            resource: gateway.resource,
            severity: "warning",
            message: `${named(gateway)}: ${serverName(server)} serves over plain HTTP what another server serves over HTTPS, and does not redirect: cookies and passwords may travel unencrypted.`,
            fix: "Set tls.httpsRedirect: true on the HTTP server.",
          };
      }
    }
  },
};

function isServedOverTls(host: string, gateway: MeshObject, all: readonly MeshObject[]): boolean {
  return all
    .filter((other) => mayBeOneEntrance(gateway, other))
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

/** Gateways on the same pods share an address; where a selector is not known it may be so. */
function mayBeOneEntrance(a: MeshObject, b: MeshObject): boolean {
  const [one, other] = [labels(a.spec, "selector"), labels(b.spec, "selector")];
  return selects(one, other) || selects(other, one);
}

/** Why HTTPS is certainly meant for one of the hosts; undefined where plain HTTP may be. */
function intent(
  graph: Graph,
  hosts: readonly string[],
  gateway: MeshObject,
  all: readonly MeshObject[],
): string | undefined {
  const certificate = objects(graph, "cert-manager.io/Certificate").find((candidate) =>
    (texts(candidate.spec, "dnsNames") ?? []).some((name) => hosts.includes(name)),
  );
  if (certificate !== undefined) return `the Certificate "${named(certificate)}" is made for it`;
  const redirecting = virtualServices(graph)
    .filter((virtualService) => boundGateways(virtualService, all).flat().includes(gateway))
    .find((virtualService) => virtualService.spec.blocks("http").some(toHttps));
  return redirecting === undefined ? undefined : `"${named(redirecting)}" redirects to https`;
}

function toHttps(route: Block): boolean {
  return route.string("redirect.scheme") === "https";
}
