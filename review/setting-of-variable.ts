import { formatPath } from "../platform/environment.ts";
import type { Path } from "../platform/issue.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { pathOfNamed } from "../platform/regions/regions.ts";
import { isService, type Workload } from "../platform/schema/environment.ts";

type Parts = Pick<
  PlatformPlan,
  "main" | "region" | "services" | "jobs" | "workerPools" | "databaseUses" | "cacheUses"
>;

/** Deadlines are those of the platform, the same for every service. */
const DEADLINES: Readonly<Record<string, string>> = {
  DATABASE_CONNECT_TIMEOUT_SECONDS: "deadlines.socketConnect",
  DATABASE_INIT_TIMEOUT_SECONDS: "deadlines.databaseInitialization",
  DATABASE_INIT_ATTEMPTS: "deadlines.initializationAttempts",
  DATABASE_STATEMENT_TIMEOUT_SECONDS: "deadlines.databaseStatement",
  DATABASE_POOL_IDLE_SECONDS: "deadlines.poolIdle",
  SHUTDOWN_GRACE_SECONDS: "deadlines.shutdownGrace",
};

/**
 * Where the environment states what a variable of the contract carries: "services.api.databases.audit.pool". Undefined where the
 * code computes it, and of variables that carry a secret.
 */
export function settingOfVariable(plan: Parts, workload: Workload, variable: string): string | undefined {
  const environment = plan.main ?? plan;
  const own = pathOfNamed(environment, workload);
  const within = (...path: Path): string => formatPath([...own, ...path], environment);
  if (Object.hasOwn(workload.environment, variable)) return `${within("environment")}.${variable}`;
  if (variable === "REQUEST_TIMEOUT_SECONDS" && isService(workload)) return within("requestTimeout");
  const stated = new Map<string, string | undefined>([
    ...Object.entries(DEADLINES),
    ...plan.databaseUses(workload).flatMap(({ prefix, path, instance }) => {
      // The databases and logins of a replica are those of its primary.
      const key = instance.replica?.primaryKey ?? instance.key;
      const use = path.reduce<unknown>(
        (value, step) => (value as Record<string | number, unknown>)[step],
        workload,
      ) as { readonly database?: string; readonly user?: string };
      const database = use.database === undefined ? `${key}.databaseName` : within(...path, "database");
      const user = use.user === undefined ? `${key}.user` : within(...path, "user");
      return Object.entries({
        POSTGRES_DB: database,
        MYSQL_DATABASE: database,
        POSTGRES_USER: user,
        MYSQL_USER: user,
        DATABASE_POOL_SIZE: within(...path, "pool"),
        DATABASE_MAX_OVERFLOW: within(...path, "overflow"),
      }).map(([name, setting]) => [`${prefix}${name}`, setting] as const);
    }),
    ...plan
      .cacheUses(workload)
      .flatMap(({ prefix, path, instance }) => [
        [`${prefix}REDIS_TLS`, `${instance.key}.tls`] as const,
        [`${prefix}REDIS_POOL_SIZE`, within(...path, "pool")] as const,
      ]),
  ]);
  return stated.get(variable);
}
