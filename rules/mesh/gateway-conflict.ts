import type { Block } from "../graph/graph.ts";
import type { Rule } from "../rule.ts";
import { servedHosts } from "./hosts.ts";
import { areTogether, gateways, isSameObject, labels, type MeshObject, named } from "./objects.ts";
import { isTls, protocolOf } from "./servers.ts";
import { analysis } from "./sources.ts";

/** Two gateways on the same pods that claim the same host and port: one of them is ignored. */
export const gatewayConflict: Rule = {
  id: "mesh/gateway-conflict",
  why: "Where two Gateways on the same pods claim the same host on the same port, Istio follows one of them and ignores the other.",
  limit: "host, port, bind and selector are claimed by one Gateway",
  fix: "Merge the two servers into one Gateway, or give one of them other hosts.",
  source: analysis("ist0145"),
  example: `kind: Gateway
metadata: { name: one }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443 }, hosts: ["app.example.com"] }] }
---
kind: Gateway
metadata: { name: two }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443 }, hosts: ["app.example.com"] }] }`,
  *check(graph) {
    const all = gateways(graph);
    for (const [index, gateway] of all.entries()) {
      for (const earlier of all.slice(0, index)) {
        if (
          isSameObject(gateway, earlier) ||
          !sameSelector(gateway, earlier) ||
          !areTogether(gateway, earlier)
        )
          continue;
        const clashes = claims(gateway).filter((claim) =>
          claims(earlier).some((other) => sameClaim(claim, other)),
        );
        const clash = clashes.find(({ protocol }) => isTls(protocol)) ?? clashes[0];
        if (clash === undefined) continue;
        yield {
          resource: gateway.resource,
          // Servers of plain HTTP on one port are merged; two certificates for one name cannot be.
          severity: isTls(clash.protocol) ? "error" : "warning",
          message: `${named(gateway)} and ${named(earlier)} both serve "${clash.host}" on port ${clash.port} of the same pods: breaks at run time, one of them is ignored.`,
        };
      }
    }
  },
};

interface Claim {
  readonly host: string;
  readonly namespace: string;
  readonly port: number;
  readonly bind: string;
  readonly protocol: string | undefined;
}

function claims(gateway: MeshObject): Claim[] {
  return gateway.spec.blocks("servers").flatMap((server: Block) => {
    const port = server.number("port.number");
    if (port === undefined) return [];
    return (servedHosts(server, gateway) ?? []).map(({ host, namespace }) => ({
      host,
      namespace,
      port,
      bind: server.string("bind") ?? "",
      protocol: protocolOf(server),
    }));
  });
}

function sameClaim(a: Claim, b: Claim): boolean {
  return (
    a.port === b.port &&
    a.bind === b.bind &&
    a.host.toLowerCase() === b.host.toLowerCase() &&
    (a.namespace === b.namespace || a.namespace === "*" || b.namespace === "*")
  );
}

function sameSelector(a: MeshObject, b: MeshObject): boolean {
  const text = (object: MeshObject): string => JSON.stringify([...labels(object.spec, "selector")].sort());
  return text(a) === text(b);
}
