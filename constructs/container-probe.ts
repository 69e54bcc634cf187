import type { Seconds } from "../platform/units.ts";

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

/** The probe of a container whose requests go to `ownPort`. */
export function containerProbe(props: ContainerProbe, ownPort: number) {
  return {
    ...call(props, props.port ?? ownPort),
    initialDelaySeconds: 0,
    periodSeconds: props.period,
    timeoutSeconds: props.timeout,
    failureThreshold: props.failureThreshold,
  };
}

function call(props: ContainerProbe, port: number) {
  if ("path" in props) return { httpGet: { path: props.path, port } };
  if ("isTcp" in props) return { tcpSocket: { port } };
  return { grpc: { port, ...(props.grpcService === "" ? {} : { service: props.grpcService }) } };
}
