import { workloads } from "../../analysis/workload/index.ts";
import { type Block, isUnknown } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

const KINDS = ["http_get", "tcp_socket", "grpc"] as const;

/** A probe uses exactly one protocol, and only a start-up probe TCP. */
export const probeKind: Rule = {
  id: "time/probe-kind",
  why: "Cloud Run rejects a probe that uses two protocols or none, and a liveness probe by TCP, although the provider accepts them.",
  limit: "exactly one of http_get, tcp_socket and grpc; liveness and readiness: http_get or grpc",
  fix: "Keep one of http_get, tcp_socket and grpc.",
  source: cloudRunLimits.probeField.source,
  *check(graph) {
    for (const { resource, containers } of workloads(graph)) {
      for (const container of containers) {
        const http2 = container.block.string("ports.name") === "h2c";
        const requests = container.block.number("ports.container_port") ?? cloudRunLimits.defaultPort.value;
        for (const { kind, block } of container.probes) {
          const asked = KINDS.filter((name) => isWritten(block, name));
          if (asked.length > 1)
            yield {
              resource,
              message: `the ${kind} probe asks by ${asked.join(" and ")}; rejected by the API: a probe has exactly one of them.`,
            };
          if (asked.length === 0 && !isWritten(block, "dynamic"))
            yield {
              resource,
              message: `the ${kind} probe has none of http_get, tcp_socket and grpc; rejected by the API: a probe has exactly one of them.`,
              fix: "Write how to ask: http_get, or grpc, or tcp_socket for a start-up probe.",
            };
          if (kind !== "startup" && asked.includes("tcp_socket"))
            yield {
              resource,
              message: `the ${kind} probe is a tcp_socket; rejected by the API: Cloud Run takes http_get and grpc there.`,
              fix: `Ask by http_get (or grpc) in the ${kind} probe.`,
            };
          // Another port may be one of HTTP/1.
          const isOfRequests = (block.number("http_get.port") ?? requests) === requests;
          if (http2 && isOfRequests && asked.includes("http_get"))
            yield {
              resource,
              severity: "warning",
              message: `the ${kind} probe speaks HTTP/1 to a container whose port is h2c: it may never succeed.`,
              fix: "Serve HTTP/1 on another port and probe that, or ask by grpc.",
            };
        }
      }
    }
  },
};

function isWritten(block: Block, name: string): boolean {
  return block.blocks(name).length > 0 || isUnknown(block.get(name));
}
