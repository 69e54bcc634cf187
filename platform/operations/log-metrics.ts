import { type CacheInstance, usesCache } from "../backing-services/caches.ts";
import { type DatabaseInstance, usesDatabase } from "../backing-services/databases.ts";
import type { PlatformNames } from "../names.ts";
import { checkedWorkloads } from "../preflight/preflight.ts";
import type { Environment, Workload } from "../schema/environment.ts";

/** A log-based metric, for an alert and a dashboard. */
export interface LogMetric {
  readonly id: string;
  /** Name in Cloud Logging; the metric is logging.googleapis.com/user/<name>. */
  readonly name: string;
  readonly title: string;
  readonly filter: string;
  /** The one resource type of its entries. */
  readonly resource: string;
  /** Labels and the fields they come from. @default none */
  readonly labels: Readonly<Record<string, string>>;
}

/** Messages of the incidents that jobs and worker pools may log as well. */
type SharedSignature = "redis-error-3" | "socket-connection-failed";

type LogMetricId =
  | SharedSignature
  | `${SharedSignature}-${"jobs" | "worker-pools"}`
  | "exit-code-3"
  | "connection-slots-reserved"
  | "drift"
  | "preflight-failed";

/** Those of Redis, of the database, of services and of the preflight only where the environment has them. */
export type LogMetrics = Readonly<Partial<Record<LogMetricId, LogMetric>> & Record<"drift", LogMetric>>;

/** Log messages of the incidents, and the log entries of the platform's own programs. */
export function logMetrics(
  plan: Pick<
    Environment,
    "name" | "prefix" | "project" | "services" | "jobs" | "workerPools" | "preflight"
  > & {
    readonly names: PlatformNames;
    readonly databaseInstances: readonly DatabaseInstance[];
    readonly cacheInstances: readonly CacheInstance[];
  },
): LogMetrics {
  const { name: environment, prefix, project, services, names, databaseInstances } = plan;
  const [databaseId, ...others] = databaseInstances.map((instance) => `"${instance.databaseId}"`);
  const metric = (
    id: LogMetricId,
    title: string,
    resource: string,
    conditions: readonly string[],
    labels: Readonly<Record<string, string>> = {},
  ): LogMetric => ({
    id,
    name: `${prefix}-${id}`,
    title,
    resource,
    filter: [`resource.type="${resource}"`, ...conditions].join(" AND "),
    labels,
  });
  const hasPostgres = databaseInstances.some(({ engine }) => engine.id === "postgres");
  const hasMysql = databaseInstances.some(({ engine }) => engine.id === "mysql");
  const engines = [...new Set(databaseInstances.map(({ engine }) => engine.label))].join(" or ");
  const isMysql = hasMysql && !hasPostgres;
  const serviceNames = services.map(({ name }) => `"${names.service(name)}"`);
  const ours = `resource.labels.service_name=(${serviceNames.join(" OR ")})`;
  // Another environment in the same project has its own alerts.
  const jobs = checkedWorkloads(plan).map(({ name }) => `"${names.preflightJob(name)}"`);
  const redis = {
    "redis-error-3": metric("redis-error-3", 'services that log "Error -3"', "cloud_run_revision", [
      ours,
      text("Error -3"),
    ]),
  };
  const databaseUsers = {
    "socket-connection-failed": metric(
      "socket-connection-failed",
      'services that log "Socket connection failed"',
      "cloud_run_revision",
      [ours, text("Socket connection failed")],
    ),
    "exit-code-3": metric("exit-code-3", "containers that end with exit code 3", "cloud_run_revision", [
      ours,
      text("exit(3)", "exit code 3", "exited with status 3"),
    ]),
  };
  const database = {
    "connection-slots-reserved": metric(
      "connection-slots-reserved",
      `${engines} logs "${isMysql ? "Too many connections" : "remaining connection slots are reserved"}"`,
      "cloudsql_database",
      [
        others.length === 0
          ? `resource.labels.database_id=${databaseId}`
          : `resource.labels.database_id=(${[databaseId, ...others].join(" OR ")})`,
        text(
          ...(hasPostgres ? ["remaining connection slots are reserved", "too many clients already"] : []),
          ...(hasMysql ? ["Too many connections"] : []),
        ),
      ],
    ),
  };
  const preflight = {
    "preflight-failed": metric(
      "preflight-failed",
      "checks of the preflight that failed",
      "cloud_run_job",
      [`resource.labels.job_name=(${jobs.join(" OR ")})`, 'jsonPayload.preflight.status="failed"'],
      {
        service: "EXTRACT(jsonPayload.preflight.service)",
        check: "EXTRACT(jsonPayload.preflight.check)",
        category: "EXTRACT(jsonPayload.preflight.category)",
        critical: "EXTRACT(jsonPayload.preflight.critical)",
      },
    ),
  };
  return {
    ...(plan.cacheInstances.length === 0
      ? {}
      : ofOthers(plan, "redis-error-3", "Error -3", usesCache, metric)),
    ...(databaseInstances.length === 0
      ? {}
      : ofOthers(plan, "socket-connection-failed", "Socket connection failed", usesDatabase, metric)),
    ...(plan.cacheInstances.length === 0 || services.length === 0 ? {} : redis),
    ...(databaseInstances.length === 0 || services.length === 0 ? {} : databaseUsers),
    ...(databaseInstances.length === 0 ? {} : database),
    drift: metric("drift", "differences between the platform and its code", "global", [
      `logName="projects/${project}/logs/${DRIFT_LOG}"`,
      `jsonPayload.drift.environment="${environment}"`,
      "jsonPayload.drift.status:*",
    ]),
    ...(jobs.length === 0 ? {} : preflight),
  };
}

/** The same message in the logs of jobs and of worker pools that use what it is about. */
function ofOthers(
  {
    jobs = [],
    workerPools = [],
    names,
  }: Pick<Environment, "jobs" | "workerPools"> & { readonly names: PlatformNames },
  id: SharedSignature,
  message: string,
  uses: (workload: Workload) => boolean,
  metric: (id: LogMetricId, title: string, resource: string, conditions: readonly string[]) => LogMetric,
): Partial<Record<LogMetricId, LogMetric>> {
  const found: Partial<Record<LogMetricId, LogMetric>> = {};
  for (const [kind, noun, resource, label, own] of [
    ["jobs", "jobs", "cloud_run_job", "job_name", jobs.filter(uses).map(({ name }) => names.job(name))],
    [
      "worker-pools",
      "worker pools",
      "cloud_run_worker_pool",
      "worker_pool_name",
      workerPools.filter(uses).map(({ name }) => names.workerPool(name)),
    ],
  ] as const) {
    if (own.length === 0) continue;
    const whose = `resource.labels.${label}=(${own.map((name) => `"${name}"`).join(" OR ")})`;
    found[`${id}-${kind}`] = metric(`${id}-${kind}`, `${noun} that log "${message}"`, resource, [
      whose,
      text(message),
    ]);
  }
  return found;
}

/** Log that `npm run drift` writes to. */
const DRIFT_LOG = "infrastructure-drift";

/** Metric type, for filters and PromQL. */
export function logMetricType({ name }: LogMetric): string {
  return `logging.googleapis.com/user/${name}`;
}

/** Applications log plain text, or JSON with a message. */
function text(...texts: readonly string[]): string {
  const either = texts.flatMap((each) => [`textPayload:"${each}"`, `jsonPayload.message:"${each}"`]);
  return `(${either.join(" OR ")})`;
}
