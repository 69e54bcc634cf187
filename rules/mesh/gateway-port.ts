import type { Rule } from "../rule.ts";
import { gateways, labels, named, selects, services } from "./objects.ts";
import { serverName } from "./servers.ts";
import { analysis } from "./sources.ts";
import { gatewayPods } from "./workloads.ts";

/** The Service before the gateway's pods must lead to the port that a server listens on. */
export const gatewayPort: Rule = {
  id: "mesh/gateway-port",
  why: "A gateway listens on a port of its pods; where their Service leads to no such port, nobody outside reaches it.",
  limit: "the port of every server is a port or targetPort of a Service that selects the gateway's pods",
  fix: "Add the port to the Service of the gateway's pods, or use one that it has.",
  source: analysis("ist0162"),
  example: `kind: Service # of the pods with istio: ingressgateway
spec: { ports: [{ port: 80, targetPort: 8080 }] }
---
kind: Gateway
spec: { servers: [{ port: { number: 443 } }] }`,
  *check(graph) {
    for (const gateway of gateways(graph)) {
      const pods = gatewayPods(graph, gateway);
      const before = services(graph).filter((service) => {
        const wanted = labels(service.spec, "selector");
        return (
          wanted.size > 0 &&
          pods.some((each) => each.namespace === service.namespace && selects(wanted, each.labels))
        );
      });
      const ports = before.flatMap((service) =>
        service.spec.blocks("ports").flatMap((port) => [port.get("port"), port.get("targetPort")]),
      );
      // A named targetPort stands in the pods.
      if (ports.length === 0 || ports.some((port) => port !== undefined && typeof port !== "number"))
        continue;
      for (const server of gateway.spec.blocks("servers")) {
        const number = server.number("port.number");
        if (number === undefined || ports.includes(number)) continue;
        const offered = [...new Set(ports.filter((port) => port !== undefined))].join(", ");
        yield {
          resource: gateway.resource,
          severity: "error",
          message: `${named(gateway)}: ${serverName(server)} listens on a port that the Service ${before.map((service) => `"${named(service)}"`).join(", ")} of its pods does not lead to (${offered}): breaks at run time, nobody outside reaches it.`,
        };
      }
    }
  },
};
