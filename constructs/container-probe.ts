import type { ContainerProbe } from "../platform/workloads/container-probe.ts";

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

/** The same, as Terraform writes it, where the class of a resource has no such probe. */
export function probeBlock(props: ContainerProbe, ownPort: number) {
  const port = props.port ?? ownPort;
  return {
    ...callBlock(props, port),
    period_seconds: props.period,
    timeout_seconds: props.timeout,
    failure_threshold: props.failureThreshold,
  };
}

function callBlock(props: ContainerProbe, port: number) {
  const { httpGet, tcpSocket, grpc } = { ...call(props, port) } as Record<string, object | undefined>;
  if (httpGet !== undefined) return { http_get: httpGet };
  return tcpSocket === undefined ? { grpc } : { tcp_socket: tcpSocket };
}
