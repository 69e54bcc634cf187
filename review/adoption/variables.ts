import type { Resource } from "../../graph/index.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import type { Service } from "../../platform/schema/environment.ts";
import { variables, workloadOf } from "../../rules/workload/index.ts";
import type { NumberToCompare } from "./findings.ts";

/**
 * Where the environment states what a variable of the contract carries; {} is the service. Variables that carry a
 * secret are not among them, and no value of any other variable is ever read.
 */
const STATED_AT: Readonly<Record<string, string>> = {
  POSTGRES_DB: "database.databaseName",
  POSTGRES_USER: "database.user",
  DATABASE_CONNECT_TIMEOUT_SECONDS: "deadlines.socketConnect",
  DATABASE_INIT_TIMEOUT_SECONDS: "deadlines.databaseInitialization",
  DATABASE_INIT_ATTEMPTS: "deadlines.initializationAttempts",
  DATABASE_STATEMENT_TIMEOUT_SECONDS: "deadlines.databaseStatement",
  DATABASE_POOL_SIZE: "services.{}.database.pool",
  DATABASE_MAX_OVERFLOW: "services.{}.database.overflow",
  DATABASE_POOL_IDLE_SECONDS: "deadlines.poolIdle",
  REDIS_TLS: "cache.tls",
  REDIS_POOL_SIZE: "services.{}.cache.pool",
  REQUEST_TIMEOUT_SECONDS: "services.{}.requestTimeout",
  SHUTDOWN_GRACE_SECONDS: "deadlines.shutdownGrace",
};

/** The deadlines and pools that a running service was given: the value in force may not be the one written down (I-4). */
export function variableNumbers(
  plan: Pick<PlatformPlan, "contract">,
  service: Service,
  resource: Resource,
): Omit<NumberToCompare, "effect">[] {
  const workload = workloadOf(resource);
  return plan.contract(service).flatMap(({ name, from }) => {
    const path = STATED_AT[name];
    if (path === undefined || !("value" in from)) return [];
    const found = workload && variables(workload).find((variable) => variable.name === name)?.value;
    return [
      {
        path: `${path.replace("{}", service.name)} (${name} of ${service.name})`,
        stated: from.value,
        found,
      },
    ];
  });
}
