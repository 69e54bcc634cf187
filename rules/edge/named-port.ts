import { instanceGroupsOf } from "../../analysis/load-balancing/instance-groups.ts";
import { backendServiceTypes, text } from "../../analysis/load-balancing/load-balancer.ts";
import type { Rule } from "../rule.ts";

/** The named port of a backend service is a port of its instance groups. */
export const namedPort: Rule = {
  id: "edge/named-port",
  why: "A backend service knows the port of its VMs by a name that the instance group gives it; under another name it finds none.",
  limit: "port_name of the backend service is the name of a named_port of every instance group",
  fix: "Write the same name on both sides.",
  source: "https://docs.cloud.google.com/load-balancing/docs/backend-service",
  exampleSeverity: "warning",
  *check(graph) {
    for (const service of graph.all(...backendServiceTypes)) {
      const name = text(service, "port_name");
      if (name === undefined || service.isUnknown("port_name")) continue;
      for (const { manager } of instanceGroupsOf(graph, service)) {
        const names = manager.blocks("named_port").map((port) => port.string("name"));
        if (manager.isUnknown("named_port") || names.includes(undefined) || names.includes(name)) continue;
        yield {
          resource: service,
          // A published configuration that works on other paths does this.
          severity: "warning",
          message: `port_name is "${name}", and ${manager.address} has ${names.length === 0 ? "no named_port" : `named_port ${names.map((other) => `"${other}"`).join(" and ")}`}; fails at run time: the load balancer finds no port to send requests to.`,
          fix:
            names.length === 0
              ? `Add named_port { name = "${name}" port = 8080 } to ${manager.address}.`
              : `Write port_name = "${names[0]}".`,
        };
      }
    }
  },
};
