import { cloudRunLimits } from "../../resources/limits.ts";
import { type CacheSections, writtenCaches } from "../backing-services/caches.ts";
import { type DatabaseSections, usesDatabase, writtenDatabases } from "../backing-services/databases.ts";
import type { Issue, Path } from "../issue.ts";
import { servedBuckets } from "../regions/region-data.ts";
import {
  type Deadlines,
  type Environment,
  type Service,
  type Workload,
  workloads,
} from "../schema/environment.ts";
import { type Seconds, seconds } from "../units.ts";
import type { ContainerProbe } from "../workloads/container-probe.ts";
import { livenessProbe } from "../workloads/probes.ts";

/** One link of the chain of deadlines: `value` must stay within `bound`. */
export interface Deadline {
  /** "socket connect" */
  readonly name: string;
  readonly value: Seconds;
  /** The deadline that it must end before: "database initialization". */
  readonly boundName: string;
  readonly bound: Seconds;
  /** True where the value must be below the bound, not equal to it. */
  readonly strict: boolean;
  readonly path: Path;
  /** The setting at `path`, where the value is derived from it. @default value */
  readonly written?: Seconds;
  readonly uses: readonly Path[];
  readonly fix: string;
  /** Name of the service; undefined for deadlines of the whole platform. */
  readonly service?: string;
  /** True where the schema checks it; then it is listed for the report only. @default false */
  readonly checkedBySchema?: boolean;
}

export interface TimeBudget {
  /** The chain from the shortest deadline to the longest, those of single services included. */
  readonly chain: readonly Deadline[];
  /** Longest that all attempts to initialize may take together. */
  readonly initialization: Seconds;
  /** Longest that a container may take to start and to initialize: a new revision, or the job of a preflight. */
  readonly readiness: Seconds;
  /** Alerts on a starting service look at least this long back: the start-up window in whole minutes. */
  readonly alertWindow: Seconds;
  readonly issues: readonly Issue[];
}

const deadlinePath = (key: string): Path => ["deadlines", key];

/** Every deadline of the platform, ordered so that each ends before the one that waits for it. */
export function timeBudget(
  environment: Pick<Environment, "deadlines" | "services" | "jobs" | "workerPools" | "buckets" | "network"> &
    DatabaseSections &
    CacheSections,
): TimeBudget {
  const { deadlines, services, network } = environment;
  const hasDatabase = writtenDatabases(environment).length > 0;
  const initialization = seconds(deadlines.databaseInitialization * deadlines.initializationAttempts);
  const runs = workloads(environment).length > 0;
  const chain = [
    ...(hasDatabase ? databaseChain(deadlines, initialization, network.connector !== undefined) : []),
    ...(runs ? platformChain(deadlines) : []),
    ...(hasDatabase || writtenCaches(environment).length > 0 ? [idlePool(deadlines)] : []),
    ...(runs ? [drain(deadlines)] : []),
    ...(services.some(isPublic) || servedBuckets(environment).length > 0 ? [uptimeCheck(deadlines)] : []),
    ...services.flatMap((service, index) =>
      serviceChain(deadlines, service, index).map((deadline) => ({ ...deadline, service: service.name })),
    ),
    ...(environment.jobs ?? []).flatMap((job, index) =>
      usesDatabase(job)
        ? [{ ...statement(deadlines, job, job.timeout, ["jobs", index, "timeout"]), service: job.name }]
        : [],
    ),
  ];
  return {
    chain,
    initialization,
    readiness: seconds(deadlines.startupWindow + initialization),
    alertWindow: seconds(Math.ceil(deadlines.startupWindow / 60) * 60),
    issues: chain.filter((deadline) => isBroken(deadline) && !deadline.checkedBySchema).map(toIssue),
  };
}

/** What is left of the bound; negative where it is exceeded. */
export function margin(deadline: Deadline): Seconds {
  return seconds(deadline.bound - deadline.value);
}

function isBroken(deadline: Deadline): boolean {
  return deadline.strict ? deadline.value >= deadline.bound : deadline.value > deadline.bound;
}

function toIssue(deadline: Deadline): Issue {
  return {
    path: deadline.path,
    value: `${deadline.written ?? deadline.value} s`,
    allowed: `${deadline.name}, ${deadline.value} s, must be ${deadline.strict ? "shorter than" : "at most"} the ${deadline.bound} s of ${deadline.boundName}`,
    fix: deadline.fix,
    uses: deadline.uses,
  };
}

function databaseChain(deadlines: Deadlines, initialization: Seconds, hasConnector: boolean): Deadline[] {
  const pressure = `database pressure (${deadlines.databasePressure} s)`;
  const scaling = hasConnector ? deadlines.connectorScaling : 0;
  const causes = seconds(scaling + deadlines.databasePressure);
  return [
    {
      name: "socket connect",
      value: deadlines.socketConnect,
      boundName: "database initialization",
      bound: deadlines.databaseInitialization,
      strict: true,
      path: deadlinePath("socketConnect"),
      uses: [deadlinePath("databaseInitialization")],
      fix: "lower socketConnect or raise databaseInitialization",
    },
    {
      name: hasConnector ? `connector scaling (${scaling} s) and ${pressure} together` : pressure,
      value: causes,
      boundName: "database initialization",
      bound: deadlines.databaseInitialization,
      strict: true,
      path: deadlinePath("databaseInitialization"),
      written: deadlines.databaseInitialization,
      uses: [deadlinePath("connectorScaling"), deadlinePath("databasePressure")],
      fix: `raise databaseInitialization above ${causes} s: a start gives up before the connection stands`,
    },
    {
      name: `database initialization × ${deadlines.initializationAttempts} attempts`,
      value: initialization,
      boundName: "start-up window",
      bound: deadlines.startupWindow,
      strict: true,
      path: deadlinePath("databaseInitialization"),
      written: deadlines.databaseInitialization,
      uses: [deadlinePath("initializationAttempts"), deadlinePath("startupWindow")],
      fix: "lower databaseInitialization or initializationAttempts, or raise startupWindow (at most 600 s)",
    },
  ];
}

function platformChain(deadlines: Deadlines): Deadline[] {
  return [
    {
      name: "start-up window",
      value: deadlines.startupWindow,
      boundName: "Cloud Run's longest start-up window",
      bound: seconds(cloudRunLimits.startupWindow.value),
      strict: false,
      path: deadlinePath("startupWindow"),
      uses: [],
      fix: "write at most seconds(600)",
      checkedBySchema: true,
    },
  ];
}

/** Pools of connections to the database or the cache. */
function idlePool(deadlines: Deadlines): Deadline {
  return {
    name: "idle pool connection",
    value: deadlines.poolIdle,
    boundName: "Cloud Run's cut of idle outbound connections",
    bound: seconds(cloudRunLimits.outboundIdle.value),
    strict: true,
    path: deadlinePath("poolIdle"),
    uses: [],
    fix: "write less than seconds(600), so that the pool closes idle connections before Cloud Run does",
  };
}

function drain(deadlines: Deadlines): Deadline {
  return {
    name: "shutdown drain",
    value: deadlines.shutdownGrace,
    boundName: "Cloud Run's kill after SIGTERM",
    bound: seconds(cloudRunLimits.shutdownGrace.value),
    strict: true,
    path: deadlinePath("shutdownGrace"),
    uses: [],
    fix: "write less than seconds(10)",
  };
}

/** Monitoring requests public hosts only. */
function uptimeCheck(deadlines: Deadlines): Deadline {
  return {
    name: "uptime check",
    value: deadlines.uptimeTimeout,
    boundName: "uptime check period",
    bound: deadlines.uptimePeriod,
    strict: true,
    path: deadlinePath("uptimeTimeout"),
    uses: [deadlinePath("uptimePeriod")],
    fix: "lower uptimeTimeout or raise uptimePeriod",
  };
}

function isPublic({ exposure, publicUrl }: Service): boolean {
  return exposure.length > 0 || publicUrl === true;
}

const PROBES = { startupProbe: "start-up", livenessProbe: "liveness", readinessProbe: "readiness" } as const;

function serviceChain(deadlines: Deadlines, service: Service, index: number): Deadline[] {
  const path: Path = ["services", index];
  const probes = (["startupProbe", "livenessProbe", "readinessProbe"] as const).flatMap((key): Deadline[] => {
    const probe = service[key];
    if (probe === undefined) return [];
    return [
      {
        name: `${service.name}: ${PROBES[key]} probe attempt`,
        value: probe.timeout,
        boundName: "its period",
        bound: probe.period,
        strict: false,
        path: [...path, key, "timeout"],
        uses: [[...path, key, "period"]],
        fix: "lower the timeout or raise the period: Cloud Run refuses a timeout above the period",
      },
    ];
  });
  const liveness = livenessProbe(service);
  if (service.readinessProbe !== undefined && liveness !== undefined)
    probes.push(unready(service, service.readinessProbe, liveness, path));
  const window: Deadline = {
    name: `${service.name}: one start-up probe period`,
    value: service.startupProbe.period,
    boundName: "the start-up window",
    bound: deadlines.startupWindow,
    strict: false,
    path: [...path, "startupProbe", "period"],
    uses: [deadlinePath("startupWindow")],
    fix: "lower the period: the window is a whole number of periods",
  };
  if (!usesDatabase(service)) return [...probes, window];
  const request = statement(deadlines, service, service.requestTimeout, [...path, "requestTimeout"]);
  return [...probes, window, request];
}

/** An instance is taken out of traffic before its liveness probe restarts it; otherwise the readiness probe never acts. */
function unready(
  service: Service,
  { period, failureThreshold }: NonNullable<Service["readinessProbe"]>,
  { period: between, failureThreshold: failures }: Pick<ContainerProbe, "period" | "failureThreshold">,
  path: Path,
): Deadline {
  return {
    name: `${service.name}: unready instance out of traffic (${failureThreshold} × ${period} s)`,
    value: seconds(failureThreshold * period),
    boundName: `its restart by the liveness probe (${failures} × ${between} s)`,
    bound: seconds(failures * between),
    strict: true,
    path: [...path, "readinessProbe", "period"],
    written: period,
    uses: [
      [...path, "readinessProbe", "failureThreshold"],
      [...path, "livenessProbe", "period"],
    ],
    fix: "lower readinessProbe.period or failureThreshold, or raise livenessProbe.period",
  };
}

/** A statement must fail before the request or the task that waits for it. */
function statement(deadlines: Deadlines, { name }: Workload, bound: Seconds, path: Path): Deadline {
  const waits = path.at(-1) === "timeout" ? "task" : "request";
  return {
    name: `${name}: database statement`,
    value: deadlines.databaseStatement,
    boundName: `its ${waits} timeout`,
    bound,
    strict: true,
    path,
    written: bound,
    uses: [deadlinePath("databaseStatement")],
    fix: `raise ${path.at(-1)} or lower deadlines.databaseStatement: a statement must fail before the ${waits} that waits for it`,
  };
}
