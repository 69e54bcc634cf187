import type { CacheUse } from "../backing-services/caches.ts";
import { type DatabaseUse, portOf } from "../backing-services/databases.ts";
import { topicVariable } from "../backing-services/messaging.ts";
import { bucketVariable } from "../backing-services/storage.ts";
import { type AddressParts, addressOfCallee, type ServiceAddress } from "../edge/service-address.ts";
import { secretVariable } from "../names.ts";
import { type Environment, isJob, isWorkerPool, type Workload } from "../schema/environment.ts";
import { isGrpcOnly } from "./probes.ts";
import { pinnedSecret } from "./secret-reference.ts";

/** One environment variable that a service receives. */
export interface Variable {
  readonly name: string;
  /** The value in plain text, or the pinned secret it comes from, as `secretReference` writes it. */
  readonly from: { readonly value: string } | { readonly secret: string; readonly version: number };
  /** What it means, with its unit. */
  readonly meaning: string;
}

/** The parts of a plan that services get as environment variables. */
export interface ContractParts
  extends Pick<Environment, "deadlines" | "secrets" | "externalDependencies">,
    AddressParts {
  readonly databaseUses: (workload: Workload) => readonly DatabaseUse[];
  readonly cacheUses: (workload: Workload) => readonly CacheUse[];
}

/**
 * The environment variables of a service or a job: every deadline, pool size and address, each taken from the budgets.
 */
export function contract(plan: ContractParts, service: Workload): Variable[] {
  const own = Object.entries(service.environment).map(([name, value]) => ({
    name,
    from: { value },
    meaning: "set by this environment for this service",
  }));
  return [...platformVariables(plan, service), ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The variables that the platform sets by itself, which the environment of a service may not set. */
export function platformVariables(plan: ContractParts, service: Workload): Variable[] {
  return [
    ...plain({
      ...(isJob(service)
        ? { TASK_TIMEOUT_SECONDS: [service.timeout, "longest that one task may last, in seconds"] as const }
        : isWorkerPool(service)
          ? {}
          : {
              REQUEST_TIMEOUT_SECONDS: [
                service.requestTimeout,
                "longest that one request may last, in seconds",
              ] as const,
            }),
      SHUTDOWN_GRACE_SECONDS: [
        plan.deadlines.shutdownGrace,
        "time to drain after SIGTERM, in seconds; Cloud Run kills at 10",
      ],
    }),
    ...databaseVariables(plan, service),
    ...cacheVariables(plan, service),
    ...dependencyVariables(plan, service),
    ...topicVariables(plan, service),
    ...bucketVariables(plan, service),
    ...service.secrets.map((name) => secret(plan, name, secretVariable(name), `secret ${name}`)),
  ];
}

/** References of the secrets whose values a service may read. */
export function secretNames(variables: readonly Variable[]): string[] {
  const names = variables.flatMap(({ from }) => ("secret" in from ? [from.secret] : []));
  return [...new Set(names)].sort();
}

function plain(
  stated: Readonly<Record<string, readonly [value: string | number | boolean, meaning: string]>>,
): Variable[] {
  return Object.entries(stated).map(([name, [value, meaning]]) => ({
    name,
    from: { value: String(value) },
    meaning,
  }));
}

function secret(plan: Pick<ContractParts, "secrets">, name: string, variable: string, meaning: string) {
  return { name: variable, from: pinnedSecret(plan, name), meaning };
}

const PRIVATE_NAME = "private DNS name; verify the server's CA, its certificate does not name this host";

type DatabaseParts = Pick<ContractParts, "deadlines" | "secrets" | "databaseUses">;

/** Addresses, logins and pools of each database; the deadlines are the same for all. */
function databaseVariables(plan: DatabaseParts, workload: Workload): Variable[] {
  const { deadlines } = plan;
  const uses = plan.databaseUses(workload);
  if (uses.length === 0) return [];
  return [
    ...plain({
      DATABASE_CONNECT_TIMEOUT_SECONDS: [
        deadlines.socketConnect,
        "longest that opening one connection may take, in seconds",
      ],
      DATABASE_INIT_TIMEOUT_SECONDS: [
        deadlines.databaseInitialization,
        "longest that initialization may take, in seconds",
      ],
      DATABASE_INIT_ATTEMPTS: [
        deadlines.initializationAttempts,
        "attempts to initialize before the container exits",
      ],
      DATABASE_STATEMENT_TIMEOUT_SECONDS: [
        deadlines.databaseStatement,
        "statement timeout of each session, in seconds",
      ],
      DATABASE_POOL_IDLE_SECONDS: [
        deadlines.poolIdle,
        "idle connections leave the pool after this, in seconds",
      ],
    }),
    ...uses.flatMap((use) =>
      connectionVariables(plan, use).map((variable) => ({
        ...variable,
        name: `${use.prefix}${variable.name}`,
      })),
    ),
  ];
}

function connectionVariables(plan: Pick<ContractParts, "secrets">, use: DatabaseUse): Variable[] {
  const { instance, passwordSecret, pool, overflow, via } = use;
  const { caSecret } = instance.settings;
  const socket = via === "socket";
  const start = instance.engine.id.toUpperCase();
  return [
    ...plain({
      ...(instance.engine.id === "postgres" ? postgresAddress(use) : mysqlAddress(use)),
      [`${start}_USER`]: [use.user, "login"],
      CLOUD_SQL_INSTANCE: [instance.connectionName, "instance as project:region:instance"],
      DATABASE_POOL_SIZE: [pool, "connections that the pool keeps, per instance"],
      DATABASE_MAX_OVERFLOW: [overflow, "connections beyond the pool, per instance"],
    }),
    secret(plan, passwordSecret, `${start}_PASSWORD`, "password of the login"),
    ...(socket || caSecret === undefined
      ? []
      : [secret(plan, caSecret, `${start}_CA_CERTIFICATE`, "CA certificate of the server, PEM")]),
  ];
}

type Stated = Parameters<typeof plain>[0];

function postgresAddress({ instance, via, database }: DatabaseUse): Stated {
  return {
    POSTGRES_HOST:
      via === "socket"
        ? [instance.socketDirectory, "directory of the Cloud SQL socket"]
        : [instance.host, PRIVATE_NAME],
    POSTGRES_PORT: [portOf(instance, via), "port, and the number in the socket's file name"],
    POSTGRES_DB: [database, "database"],
  };
}

/** Drivers of MySQL take the path of a socket in place of a host. */
function mysqlAddress({ instance, via, database }: DatabaseUse): Stated {
  return {
    ...(via === "socket"
      ? { MYSQL_SOCKET: [instance.socketDirectory, "path of the Cloud SQL socket"] as const }
      : {
          MYSQL_HOST: [instance.host, PRIVATE_NAME] as const,
          MYSQL_PORT: [portOf(instance, via), "port"] as const,
        }),
    MYSQL_DATABASE: [database, "database"],
  };
}

function cacheVariables(plan: Pick<ContractParts, "cacheUses" | "secrets">, workload: Workload): Variable[] {
  return plan.cacheUses(workload).flatMap(({ instance, prefix, pool }) => {
    const { host, port, settings, engine } = instance;
    const isValkey = engine.id === "valkey";
    return [
      ...plain({
        REDIS_HOST: [host, PRIVATE_NAME],
        REDIS_PORT: [port, isValkey ? "port" : "6378 with TLS, 6379 without"],
        REDIS_TLS: [settings.tls, "whether to speak TLS (rediss://)"],
        REDIS_POOL_SIZE: [pool, "connections per instance"],
        ...(isValkey
          ? {
              REDIS_IAM_AUTH: [
                settings.auth,
                "whether AUTH takes an access token of the service's own account",
              ],
              REDIS_CLUSTER: [settings.shards !== undefined, "whether to speak the cluster protocol"],
            }
          : {}),
      }),
      ...(settings.auth && settings.authSecret !== undefined
        ? [secret(plan, settings.authSecret, "REDIS_PASSWORD", "AUTH string")]
        : []),
      ...(settings.tls && settings.caSecret !== undefined
        ? [secret(plan, settings.caSecret, "REDIS_CA_CERTIFICATE", "CA certificates of the server, PEM")]
        : []),
    ].map((variable) => ({ ...variable, name: `${prefix}${variable.name}` }));
  });
}

function topicVariables({ names }: Pick<ContractParts, "names">, { publishes = [] }: Workload): Variable[] {
  return publishes.flatMap((topic) =>
    plain({ [topicVariable(topic)]: [names.topicId(topic), `full id of the topic ${topic} to publish to`] }),
  );
}

function bucketVariables({ names }: Pick<ContractParts, "names">, { buckets = [] }: Workload): Variable[] {
  return buckets.flatMap(({ bucket, access, mount }) =>
    plain({
      [bucketVariable(bucket)]: [
        names.bucket(bucket),
        `name of the bucket ${bucket}, to read${access === "write" ? " and write" : ""}${mount === undefined ? "" : `; its objects are files in ${mount}`}`,
      ],
    }),
  );
}

/** The variable with the URL of a dependency: clickhouse-events -> CLICKHOUSE_EVENTS_URL. */
export function urlVariable(dependency: string): string {
  return `${secretVariable(dependency)}_URL`;
}

const CALLED: Readonly<Record<ServiceAddress["kind"], string>> = {
  "load balancer": "through the load balancer",
  public: "at its own address",
  internal: "through the network; the audience of the ID token that each request carries",
};

function dependencyVariables(
  plan: Pick<ContractParts, "externalDependencies"> & AddressParts,
  service: Workload,
): Variable[] {
  const { externalDependencies } = plan;
  return service.dependsOn.flatMap((name) => {
    const external = externalDependencies.find((dependency) => dependency.name === name);
    if (external !== undefined) {
      const { protocol = "https" } = external;
      const port = protocol === "https" && external.port === 443 ? "" : `:${external.port}`;
      const url = `${protocol}://${external.host}${port}`;
      return plain({ [urlVariable(name)]: [url, `${name}, outside of the platform`] });
    }
    const callee = (plan.main ?? plan).services.find((other) => other.name === name);
    const address = addressOfCallee(plan, name);
    if (callee === undefined || address === undefined) return [];
    const speaks = isGrpcOnly(callee) ? ", by gRPC with TLS at port 443" : "";
    return plain({ [urlVariable(name)]: [address.url, `service ${name}, ${CALLED[address.kind]}${speaks}`] });
  });
}
