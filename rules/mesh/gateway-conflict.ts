import type { Block } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { servedHosts } from "./hosts.ts";
import { areTogether, gateways, isSameObject, labels, type MeshObject, named, selects } from "./objects.ts";
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
      const own = claims(gateway);
      const twice = own.find((claim, at) => own.slice(0, at).some((other) => excludes(claim, other)));
      if (twice !== undefined)
        yield {
          resource: gateway.resource,
          severity: "error",
          message: `${named(gateway)}: two of its servers on port ${twice.port} both serve "${twice.host}", or speak different protocols: breaks at run time, one of them is ignored.`,
          fix: "Keep one of them, or give one another port or other hosts.",
        };
      for (const earlier of all.slice(0, index)) {
        if (isSameObject(gateway, earlier) || !samePods(gateway, earlier) || !areTogether(gateway, earlier))
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
          message: `${named(gateway)} and ${named(earlier)} both serve "${clash.host}" on port ${clash.port} of the same pods: ${isTls(clash.protocol) ? "breaks at run time, one of them is ignored" : "where their routes or protocols differ, one of them is ignored"}.`,
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

/** Within one Gateway: one certificate for a name, and either TLS or plain text on a port. */
function excludes(a: Claim, b: Claim): boolean {
  if (a.port !== b.port || a.bind !== b.bind) return false;
  return isTls(a.protocol) !== isTls(b.protocol) || (isTls(a.protocol) && sameClaim(a, b));
}

function sameClaim(a: Claim, b: Claim): boolean {
  return (
    a.port === b.port &&
    a.bind === b.bind &&
    a.host.toLowerCase() === b.host.toLowerCase() &&
    (a.namespace === b.namespace || a.namespace === "*" || b.namespace === "*")
  );
}

/** A selector that holds all of the other's labels takes pods that the other takes too. */
function samePods(a: MeshObject, b: MeshObject): boolean {
  const [one, other] = [labels(a.spec, "selector"), labels(b.spec, "selector")];
  return selects(one, other) || selects(other, one);
}
