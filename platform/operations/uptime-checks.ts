import { type AddressParts, ownHost } from "../edge/service-address.ts";
import { HEALTH_PATH } from "../health/health-contract.ts";
import type { Environment, Service } from "../schema/environment.ts";
import type { Seconds } from "../units.ts";
import { isGrpcOnly } from "../workloads/probes.ts";

/** A public address that Monitoring requests from all over the world. */
export interface UptimeCheck {
  readonly id: string;
  readonly title: string;
  readonly host: string;
  readonly path: string;
  /** Name of the service or of the bucket. */
  readonly service: string;
  readonly period: Seconds;
  readonly timeout: Seconds;
  /** JSON path and text that the response must have. @default any response with 2xx */
  readonly content?: { readonly path: string; readonly text: string };
}

/** USA counts as three locations; Google requires at least three. */
export const uptimeRegions = ["USA", "EUROPE", "ASIA_PACIFIC"] as const;

/** One check for each public host of each service, and for each that a bucket serves with its index page. */
export function uptimeChecks(plan: AddressParts & Pick<Environment, "buckets" | "deadlines">): UptimeCheck[] {
  const {
    services,
    deadlines: { uptimePeriod, uptimeTimeout },
    names,
  } = plan;
  // A bucket is in no region: the plan of a further one does not check it again.
  const buckets = plan.main === undefined ? (plan.buckets ?? []) : [];
  const ofBuckets = buckets.flatMap(({ name, exposure = [], indexPage }) =>
    exposure
      .filter(({ paths }) => indexPage !== undefined && paths.includes("/*"))
      .map(({ host }) => ({
        id: `bucket-${name}-${host.replaceAll(".", "-")}`,
        title: `${names.bucket(name)} at ${host}`,
        host,
        path: "/",
        service: name,
        period: uptimePeriod,
        timeout: uptimeTimeout,
      })),
  );
  const ofServices = services.flatMap((service) =>
    publicHosts(plan, service).map(({ host, paths, rewrite }) => {
      const path = healthPath(service, paths, rewrite);
      return {
        id: `${service.name}-${host.replaceAll(".", "-")}`,
        title: `${names.service(service.name)} at ${host}`,
        host,
        path,
        service: service.name,
        period: uptimePeriod,
        timeout: uptimeTimeout,
        ...(path === HEALTH_PATH ? { content: { path: "$.status", text: "healthy" } } : {}),
      };
    }),
  );
  return unlike([...ofServices, ...ofBuckets]);
}

/** Ids are made of names with hyphens, so that those of two checks may be one: the later one has host and name apart. */
function unlike(checks: readonly UptimeCheck[]): UptimeCheck[] {
  return checks.map((check, index) =>
    checks.findIndex(({ id }) => id === check.id) === index
      ? check
      : { ...check, id: `${check.host}@${check.service}` },
  );
}

/**
 * Its hosts at the load balancer, or its own; none where people sign in first, which Monitoring does not, or where nothing answers
 * plain HTTP.
 */
function publicHosts(
  plan: AddressParts,
  service: Service,
): Pick<Service["exposure"][number], "host" | "paths" | "rewrite">[] {
  if (service.iap !== undefined || isGrpcOnly(service)) return [];
  const own = service.publicUrl === true ? ownHost(plan, service) : undefined;
  // The hosts of the load balancer lead to every region, and are checked once.
  return [
    ...(plan.main === undefined ? service.exposure : []),
    ...(own === undefined ? [] : [{ host: own, paths: ["/*"] }]),
  ];
}

/**
 * Health path of the service at a host: a path that contains "health", else the path of the liveness probe below the
 * service's prefix (/auth/health for "/auth/*"). Behind a rewrite the service gets it in its own form: /auth/health is /v1/health.
 */
function healthPath({ livenessProbe }: Service, paths: readonly string[], rewrite = "/"): string {
  const named = paths.find((path) => !path.includes("*") && path.includes("health"));
  if (named !== undefined) return named;
  const prefix = paths.includes("/*") ? "" : (paths.find((path) => path.endsWith("/*")) ?? "").slice(0, -2);
  // At a port of its own it is not what the hosts lead to.
  if (livenessProbe.port !== undefined) return `${prefix}/health`;
  const { path } = livenessProbe;
  return `${prefix}/${path.startsWith(rewrite) ? path.slice(rewrite.length) : "health"}`;
}
