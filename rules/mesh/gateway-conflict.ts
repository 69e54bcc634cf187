import { servedHosts } from "../../analysis/mesh/hosts.ts";
import {
  areTogether,
  gateways,
  isSameObject,
  labels,
  type MeshObject,
  named,
  selects,
} from "../../analysis/mesh/objects.ts";
import { isTls, protocolOf } from "../../analysis/mesh/servers.ts";
import type { Block } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { analysis } from "./sources.ts";

/** Of two gateways on the same pods with the same host and port, one is ignored. */
export const gatewayConflict: Rule = {
  id: "mesh/gateway-conflict",
  why: "Where two Gateways on the same pods serve the same host on the same port, Istio uses one of them and ignores the other.",
  limit: "each host, port and bind of the same pods belongs to one Gateway",
  fix: "Merge the two servers into one Gateway, or give one of them other hosts.",
  source: analysis("ist0145"),
  *check(graph) {
    const all = gateways(graph);
    for (const [index, gateway] of all.entries()) {
      const own = bindings(gateway);
      const twice = own.find((binding, at) => own.slice(0, at).some((other) => excludes(binding, other)));
      if (twice !== undefined)
        yield {
          resource: gateway.resource,
          message: `${named(gateway)}: two servers on port ${twice.port} serve "${twice.host}" or have different protocols; fails at run time: one of them is ignored.`,
          fix: "Keep one of them, or give one another port or other hosts.",
        };
      for (const earlier of all.slice(0, index)) {
        if (isSameObject(gateway, earlier) || !samePods(gateway, earlier) || !areTogether(gateway, earlier))
          continue;
        const clashes = bindings(gateway).filter((binding) =>
          bindings(earlier).some((other) => sameBinding(binding, other)),
        );
        const clash = clashes.find(({ protocol }) => isTls(protocol)) ?? clashes[0];
        if (clash === undefined) continue;
        yield {
          resource: gateway.resource,
          // Servers of plain HTTP on one port are merged; two certificates for one name cannot be.
          severity: isTls(clash.protocol) ? "error" : "warning",
          message: `${named(gateway)} and ${named(earlier)} both serve "${clash.host}" on port ${clash.port} of the same pods; fails at run time: one of them is ignored${isTls(clash.protocol) ? "" : " where their routes or protocols differ"}.`,
        };
      }
    }
  },
};

interface Binding {
  readonly host: string;
  readonly namespace: string;
  readonly port: number;
  readonly bind: string;
  readonly protocol: string | undefined;
}

function bindings(gateway: MeshObject): Binding[] {
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
function excludes(a: Binding, b: Binding): boolean {
  if (a.port !== b.port || a.bind !== b.bind) return false;
  return isTls(a.protocol) !== isTls(b.protocol) || (isTls(a.protocol) && sameBinding(a, b));
}

function sameBinding(a: Binding, b: Binding): boolean {
  return (
    a.port === b.port &&
    a.bind === b.bind &&
    a.host.toLowerCase() === b.host.toLowerCase() &&
    (a.namespace === b.namespace || a.namespace === "*" || b.namespace === "*")
  );
}

/** A selector with all labels of the other selects pods that the other selects too. */
function samePods(a: MeshObject, b: MeshObject): boolean {
  const [one, other] = [labels(a.spec, "selector"), labels(b.spec, "selector")];
  return selects(one, other) || selects(other, one);
}
