import type { Deadlines, Service } from "../schema/environment.ts";
import type { ContainerProbe, GrpcProbe, HttpProbe } from "./container-probe.ts";

/** A liveness probe that fails three times in a row restarts the container. */
const LIVENESS_FAILURES = 3;

type Written = Service["startupProbe"];

/** Whether requests reach the container by HTTP/2 without TLS. */
export function isHttp2({ protocol }: Pick<Service, "protocol">): boolean {
  return protocol === "h2c" || protocol === "grpc";
}

/** Whether it is a server of gRPC alone, which answers no plain HTTP request. */
export function isGrpcOnly({ protocol }: Pick<Service, "protocol">): boolean {
  return protocol === "grpc";
}

/** The start-up probe, with the window that all services share. */
export function startupProbe(deadlines: Deadlines, service: Service): ContainerProbe {
  const timing = {
    period: service.startupProbe.period,
    timeout: service.startupProbe.timeout,
    failureThreshold: Math.floor(deadlines.startupWindow / service.startupProbe.period),
  };
  return withCall(service, service.startupProbe, timing) ?? { ...timing, isTcp: true };
}

/** Undefined for a container of HTTP/2 that nothing can be asked of by HTTP/1 or gRPC. */
export function livenessProbe(service: Service): HttpProbe | GrpcProbe | undefined {
  const { period, timeout } = service.livenessProbe;
  return withCall(service, service.livenessProbe, { period, timeout, failureThreshold: LIVENESS_FAILURES });
}

export function readinessProbe(
  service: Service,
): ((HttpProbe | GrpcProbe) & { readonly successThreshold: number }) | undefined {
  const written = service.readinessProbe;
  if (written === undefined) return undefined;
  const { period, timeout, failureThreshold, successThreshold } = written;
  return withCall(service, written, { period, timeout, failureThreshold, successThreshold });
}

/** Probes of HTTP speak HTTP/1, whatever the requests speak. */
function withCall<Timing extends object>(
  service: Service,
  { path, port, grpcService }: Written,
  timing: Timing,
): (Timing & { port?: number } & ({ path: string } | { grpcService: string })) | undefined {
  const own = { ...timing, ...(port === undefined ? {} : { port }) };
  if (grpcService !== undefined || isGrpcOnly(service)) return { ...own, grpcService: grpcService ?? "" };
  return isHttp2(service) && port === undefined ? undefined : { ...own, path };
}
