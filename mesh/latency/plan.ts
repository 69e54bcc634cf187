import { routeTimes } from "../../platform/mesh-plan.ts";
import type { MeshEnvironment } from "../../platform/schema/mesh.ts";

/** One latency test: a host, measured from a region. */
export interface LatencyPlan {
  readonly environment: string;
  readonly host: string;
  readonly region: string;
  readonly url: string;
  /** Requests per second. */
  readonly rate: number;
  /** Seconds. */
  readonly duration: number;
  /** The 95th percentile must be below, in milliseconds. */
  readonly p95: number;
  /** Share of requests that may fail: all but the availability objective. */
  readonly failureShare: number;
  /** Milliseconds after which one request counts as failed: the timeout of the longest route of the host. */
  readonly timeout: number;
}

/** The latency tests of an environment, one for each host and region. */
export function latencyPlans(environment: MeshEnvironment): LatencyPlan[] {
  const { mesh, objectives } = environment;
  const { regions, rate, duration } = mesh.latencyTest;
  return mesh.hosts.flatMap((host) =>
    (regions.length === 0 ? [environment.region] : regions).map((region) => ({
      environment: environment.name,
      host: host.host,
      region,
      url: `https://${host.host}${host.latencyPath}`,
      rate,
      duration,
      p95: objectives.latency * 1000,
      failureShare: Number((1 - objectives.availability).toFixed(6)),
      timeout: Math.max(...host.routes.map((route) => routeTimes(environment, route).timeout)) * 1000,
    })),
  );
}

/** File of a plan's k6 script. */
export function k6File({ environment, host, region }: LatencyPlan): string {
  return `${environment}/${host}-${region}.js`;
}
