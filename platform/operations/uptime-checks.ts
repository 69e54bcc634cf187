import { HEALTH_PATH } from "../health-contract.ts";
import type { PlatformNames } from "../names.ts";
import type { Environment, Service } from "../schema/environment.ts";
import type { Seconds } from "../units.ts";

/** A public address that Monitoring asks from all over the world. */
export interface UptimeCheck {
  readonly id: string;
  readonly title: string;
  readonly host: string;
  readonly path: string;
  readonly service: string;
  readonly period: Seconds;
  readonly timeout: Seconds;
  /** Where in the answer what must stand. @default any answer with 2xx */
  readonly content?: { readonly path: string; readonly text: string };
}

/** USA stands for three locations, and Google wants at least three in all. */
export const uptimeRegions = ["USA", "EUROPE", "ASIA_PACIFIC"] as const;

/** One check for each service and host that it answers: what the platform promises to be public. */
export function uptimeChecks(
  plan: Pick<Environment, "services" | "deadlines"> & { readonly names: PlatformNames },
): UptimeCheck[] {
  const {
    services,
    deadlines: { uptimePeriod, uptimeTimeout },
    names,
  } = plan;
  return services.flatMap((service) =>
    service.exposure.map(({ host, paths }) => {
      const path = healthPath(service, paths);
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
}

/**
 * Where the service answers for its health under its paths: a path of its own that names health, else that of its
 * liveness probe, below the prefix that leads to it ("/auth/*" is asked at /auth/health).
 */
function healthPath({ livenessProbe }: Service, paths: readonly string[]): string {
  const named = paths.find((path) => !path.includes("*") && path.includes("health"));
  if (named !== undefined) return named;
  const prefix = paths.includes("/*") ? "" : (paths.find((path) => path.endsWith("/*")) ?? "").slice(0, -2);
  return `${prefix}${livenessProbe.path}`;
}
