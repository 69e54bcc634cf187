import type { Seconds } from "../units.ts";

/** The container may fail for `failureThreshold` × `period`. */
interface Timing {
  /** Port that is probed. @default that of the requests */
  readonly port?: number;
  readonly period: Seconds;
  /** At most the period. */
  readonly timeout: Seconds;
  readonly failureThreshold: number;
}

/** A GET request by HTTP/1 that is answered with 200. */
export interface HttpProbe extends Timing {
  readonly path: string;
}

/** A request of the gRPC health protocol. */
export interface GrpcProbe extends Timing {
  /** Name of the service that is asked for; "" for the server as a whole. */
  readonly grpcService: string;
}

/** The port is open; for start-up probes only. */
export interface TcpProbe extends Timing {
  readonly isTcp: true;
}

export type ContainerProbe = HttpProbe | GrpcProbe | TcpProbe;

/** What is asked: "/health", "/alive at port 8081", "gRPC health of acme.Orders", "port 8080 open". */
export function probeText(probe: ContainerProbe): string {
  if ("isTcp" in probe) return probe.port === undefined ? "its port open" : `port ${probe.port} open`;
  const at = probe.port === undefined ? "" : ` at port ${probe.port}`;
  if ("path" in probe) return `${probe.path}${at}`;
  return `gRPC health${probe.grpcService === "" ? "" : ` of ${probe.grpcService}`}${at}`;
}
