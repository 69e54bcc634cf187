import { type Container, services } from "../../analysis/workload/index.ts";
import { type Block, isUnknown } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** One container of a service takes its requests, at one port. */
export const ports: Rule = {
  id: "service/ports",
  why: "Cloud Run sends requests to one port of one container: it refuses two, and none where there are several containers.",
  limit: `exactly ${cloudRunLimits.ports.value} port, which no sidecar listens on; named http1 or h2c; 1 to ${cloudRunLimits.portHigh.value}`,
  fix: "Keep the port of the container that takes the requests; sidecars are reached on localhost.",
  source: cloudRunLimits.ports.source,
  *check(graph) {
    for (const { resource, containers } of services(graph)) {
      const declared = containers.flatMap(({ block }) => block.blocks("ports"));
      const unsure = containers.some(
        ({ block }) => isUnknown(block.get("ports")) || isUnknown(block.get("dynamic")),
      );
      if (declared.length > 1)
        yield {
          resource,
          message: `${declared.length} ports are declared; rejected by the API: a service has one.`,
        };
      if (containers.length > 1 && declared.length === 0 && !unsure)
        yield {
          resource,
          severity: "warning",
          message: `none of ${containers.length} containers declares a port; rejected by the API: one of them takes the requests.`,
          fix: "Add ports { container_port = ... } to the container that takes the requests.",
        };
      const shared = sharedPort(containers);
      if (shared !== undefined)
        yield {
          resource,
          severity: "warning",
          message: `two containers listen on port ${shared} (ports and probes); fails at run time: the containers of an instance share its ports, and the second one cannot open it.`,
          fix: "Give each container a port of its own.",
        };
      for (const port of declared) {
        const fault = faultOf(port);
        if (fault !== undefined) yield { resource, severity: "error", ...fault };
      }
    }
  },
};

/** A port that two containers listen on: the one that takes the requests on its own, each other one where its probes go. */
function sharedPort(containers: readonly Container[]): number | undefined {
  const taken = containers.map(
    ({ block, probes, takesRequests }) =>
      new Set([
        ...(takesRequests
          ? [block.number("ports.container_port") ?? cloudRunLimits.defaultPort.value]
          : probes.flatMap((probe) =>
              ["tcp_socket.port", "http_get.port", "grpc.port"].flatMap(
                (path) => probe.block.number(path) ?? [],
              ),
            )),
      ]),
  );
  const all = taken.flatMap((ports) => [...ports]);
  return all.find((port, index) => all.indexOf(port) !== index);
}

function faultOf(port: Block): { message: string; fix: string } | undefined {
  const name = port.string("name");
  if (name !== undefined && name !== "" && name !== "http1" && name !== "h2c")
    return {
      message: `the port is named "${name}"; rejected by the API: it is http1 or h2c.`,
      fix: "Remove the name, or write h2c for HTTP/2 end to end.",
    };
  const number = port.number("container_port");
  const high = cloudRunLimits.portHigh.value;
  if (number === undefined || number === 0 || (number >= 1 && number <= high)) return undefined;
  return {
    message: `container_port is ${number}; rejected by the API: it must be 1 to ${high}.`,
    fix: "Use the port that the container listens on, 8080 by default.",
  };
}
