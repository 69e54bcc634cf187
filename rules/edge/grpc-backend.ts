import { exposures } from "../../analysis/load-balancing/exposure.ts";
import { text } from "../../analysis/load-balancing/load-balancer.ts";
import type { Container } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

/** A gRPC server behind a load balancer gets its requests by HTTP/2. */
export const grpcBackend: Rule = {
  id: "edge/grpc-backend",
  why: "gRPC needs HTTP/2 on the whole way; a backend service of HTTP or HTTPS sends HTTP/1 to its backends.",
  limit: "protocol HTTP2 in front of a container whose port is h2c and whose probes are of gRPC",
  fix: 'Set protocol = "HTTP2" on the backend service.',
  source: "https://docs.cloud.google.com/load-balancing/docs/https#using_grpc_with_your_applications",
  exampleSeverity: "warning",
  *check(graph) {
    for (const { workload, backend } of exposures(graph)) {
      if (!workload.containers.some(isGrpc)) continue;
      const protocol =
        text(backend, "protocol") ?? (backend.get("protocol") === undefined ? "HTTP" : undefined);
      if (protocol !== "HTTP" && protocol !== "HTTPS") continue;
      yield {
        resource: backend,
        severity: "warning",
        message: `protocol is ${protocol}${backend.get("protocol") === undefined ? " by default" : ""} in front of ${workload.resource.address}, a gRPC server; fails at run time: its requests do not reach the server by HTTP/2.`,
      };
    }
  },
};

function isGrpc({ block, probes, takesRequests }: Container): boolean {
  return (
    takesRequests &&
    block.string("ports.name") === "h2c" &&
    probes.some((probe) => probe.block.blocks("grpc").length > 0)
  );
}
