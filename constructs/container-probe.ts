import type { ContainerProbe } from "../platform/container-probe.ts";

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
