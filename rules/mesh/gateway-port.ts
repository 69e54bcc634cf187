import { gateways, labels, named, selects, services } from "../../analysis/mesh/objects.ts";
import { serverName } from "../../analysis/mesh/servers.ts";
import { gatewayPods } from "../../analysis/mesh/workloads.ts";
import type { Rule } from "../rule.ts";
import { analysis } from "./sources.ts";

/** The Service of the gateway's pods forwards to the port that a server listens on. */
export const gatewayPort: Rule = {
  id: "mesh/gateway-port",
  why: "A gateway listens on a port of its pods; where their Service does not forward to it, it is unreachable from outside.",
  limit: "the port of every server is a port or targetPort of a Service that selects the gateway's pods",
  fix: "Add the port to the Service of the gateway's pods, for example { port: 443, targetPort: 443 }, or use one that it has.",
  source: analysis("ist0162"),
  *check(graph) {
    for (const gateway of gateways(graph)) {
      const pods = gatewayPods(graph, gateway);
      const entrances = services(graph).filter((service) => {
        const wanted = labels(service.spec, "selector");
        return (
          wanted.size > 0 &&
          pods.some((each) => each.namespace === service.namespace && selects(wanted, each.labels))
        );
      });
      const ports = entrances.flatMap((service) =>
        service.spec.blocks("ports").flatMap((port) => [port.get("port"), port.get("targetPort")]),
      );
      // A named targetPort is defined in the pods.
      if (ports.length === 0 || ports.some((port) => port !== undefined && typeof port !== "number"))
        continue;
      for (const server of gateway.spec.blocks("servers")) {
        const number = server.number("port.number");
        if (number === undefined || ports.includes(number)) continue;
        const offered = [...new Set(ports.filter((port) => port !== undefined))].join(", ");
        yield {
          resource: gateway.resource,
          message: `${named(gateway)}: port of ${serverName(server)} is ${number}; fails at run time: the Service ${entrances.map((service) => `"${named(service)}"`).join(", ")} of its pods forwards to ${offered} only, and the server is unreachable from outside.`,
        };
      }
    }
  },
};
