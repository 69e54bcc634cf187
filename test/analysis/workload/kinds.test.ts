import { describe, expect, test } from "@jest/globals";
import { ruleBook, ruleById } from "../../../rules/index.ts";
import { check, graphOf, type Resources } from "../../rules/support.ts";
import { everyKind, type Kind, kinds, type WorkloadFixture, withContainers, workloadAs } from "./kinds.ts";

const network: Resources = {
  google_vpc_access_connector: {
    main: {
      name: "main",
      region: "europe-west1",
      network: "default",
      ip_cidr_range: "10.1.0.0/28",
      min_instances: 2,
      max_instances: 10,
    },
  },
  google_sql_database_instance: {
    shared: {
      name: "shared",
      database_version: "POSTGRES_15",
      settings: {
        tier: "db-custom-2-7680",
        ip_configuration: {
          ipv4_enabled: false,
          private_network: "projects/acme-dev/global/networks/default",
        },
      },
    },
  },
};

/** Rules that report an error on the workload itself. */
function errors(rule: string, kind: Kind, fixture: WorkloadFixture): string[] {
  return check(ruleById(rule), { ...network, ...workloadAs(kind, fixture) }).flatMap(
    ({ severity, address, message }) =>
      severity === "error" && address === `${kinds[kind]}.api` ? [message] : [],
  );
}

const connector = "${google_vpc_access_connector.main.id}";
const host = "${google_sql_database_instance.shared.private_ip_address}";
const withRequests: readonly Kind[] = ["service", "knative", "function2", "function1"];
const onCloudRun = everyKind.filter((kind) => kind !== "function1");

/** What breaks a rule, a correct neighbour, and the kinds that have the feature. */
const table: readonly (readonly [
  rule: string,
  broken: WorkloadFixture,
  correct: WorkloadFixture,
  of: readonly Kind[],
])[] = [
  [
    "time/connector-pressure",
    { env: { DATABASE_INIT_TIMEOUT_SECONDS: "20", POSTGRES_HOST: host }, connector },
    { env: { DATABASE_INIT_TIMEOUT_SECONDS: "55", POSTGRES_HOST: host }, connector },
    everyKind,
  ],
  [
    "time/database-deadlines",
    { env: { DATABASE_CONNECT_TIMEOUT_SECONDS: "35", DATABASE_INIT_TIMEOUT_SECONDS: "20" } },
    { env: { DATABASE_CONNECT_TIMEOUT_SECONDS: "19", DATABASE_INIT_TIMEOUT_SECONDS: "20" } },
    everyKind,
  ],
  [
    "time/startup-window",
    {
      env: { DATABASE_INIT_TIMEOUT_SECONDS: "20" },
      startupProbe: { period_seconds: 5, failure_threshold: 3 },
    },
    {
      env: { DATABASE_INIT_TIMEOUT_SECONDS: "20" },
      startupProbe: { period_seconds: 5, failure_threshold: 5 },
    },
    withContainers,
  ],
  [
    "time/probe-bounds",
    { startupProbe: { period_seconds: 241, failure_threshold: 1 } },
    { startupProbe: { period_seconds: 240, failure_threshold: 1 } },
    withContainers,
  ],
  [
    "time/request-timeout",
    { env: { REQUEST_TIMEOUT_SECONDS: "301" } },
    { env: { REQUEST_TIMEOUT_SECONDS: "60" } },
    withRequests,
  ],
  [
    "time/shutdown-grace",
    { env: { SHUTDOWN_GRACE_SECONDS: "10" } },
    { env: { SHUTDOWN_GRACE_SECONDS: "9" } },
    onCloudRun.filter((kind) => kind !== "job"),
  ],
  ["capacity/cpu-memory", { memory: "8Gi" }, { cpu: "2", memory: "8Gi" }, onCloudRun],
  [
    "capacity/instances",
    { scaling: [4, 3] },
    { scaling: [3, 3] },
    everyKind.filter((kind) => kind !== "job"),
  ],
  [
    "capacity/database-connections",
    { env: { DATABASE_POOL_SIZE: "500", POSTGRES_HOST: host }, scaling: [0, 1] },
    { env: { DATABASE_POOL_SIZE: "50", POSTGRES_HOST: host }, scaling: [0, 1] },
    onCloudRun,
  ],
  [
    "reachability/sql-port",
    { env: { POSTGRES_HOST: host, POSTGRES_PORT: "5433" } },
    { env: { POSTGRES_HOST: host, POSTGRES_PORT: "5432" } },
    everyKind,
  ],
  [
    "reachability/vpc-access",
    { env: { POSTGRES_HOST: host } },
    { env: { POSTGRES_HOST: host }, connector },
    everyKind,
  ],
  [
    "identity/plain-secret",
    { env: { POSTGRES_PASSWORD: "correct-horse-battery" } },
    { env: { POSTGRES_USER: "correct-horse-battery" } },
    everyKind,
  ],
  ["capacity/fractional-cpu", { cpu: "500m" }, { cpu: "1" }, ["job", "workerPool"]],
  ["service/name", { name: "m".repeat(64) }, { name: "m".repeat(49) }, withContainers],
  ["service/name", { name: "Api" }, { name: "api-2" }, withContainers],
];

describe.each(table)("%s", (rule, broken, correct, of) => {
  test("reports the same for each kind that has the feature", () => {
    const reported = of.map((kind) => errors(rule, kind, broken));
    expect(reported.map(({ length }) => length)).toEqual(of.map(() => 1));
    expect(
      everyKind.filter((kind) => !of.includes(kind)).flatMap((kind) => errors(rule, kind, broken)),
    ).toEqual([]);
  });

  test("takes the correct neighbour of each kind", () => {
    expect(everyKind.flatMap((kind) => errors(rule, kind, correct))).toEqual([]);
  });
});

test("the message about the container of incident I-4 is the same whatever the kind", () => {
  const messages = everyKind.flatMap((kind) =>
    errors("time/connector-pressure", kind, {
      env: { DATABASE_INIT_TIMEOUT_SECONDS: "20", POSTGRES_HOST: host },
      connector,
    }),
  );
  expect(messages).toHaveLength(everyKind.length);
  expect(new Set(messages)).toEqual(
    new Set([
      expect.stringContaining("DATABASE_INIT_TIMEOUT_SECONDS is 20 s, below the 30 s of connector scaling"),
    ]),
  );
});

test.each(everyKind)("no rule reports an error on a correct %s", (kind) => {
  const resources = {
    ...network,
    ...workloadAs(kind, {
      env: {
        POSTGRES_HOST: host,
        POSTGRES_PORT: "5432",
        DATABASE_CONNECT_TIMEOUT_SECONDS: "35",
        DATABASE_INIT_TIMEOUT_SECONDS: "75",
        DATABASE_STATEMENT_TIMEOUT_SECONDS: "30",
        DATABASE_POOL_SIZE: "5",
        SHUTDOWN_GRACE_SECONDS: "8",
      },
      connector,
      ...(withContainers.includes(kind)
        ? { startupProbe: { period_seconds: 10, failure_threshold: 60, http_get: {} } }
        : {}),
    }),
  };
  const graph = graphOf(resources);
  const found = ruleBook.flatMap((rule) =>
    [...rule.check(graph)].flatMap(({ severity, resource, message }) =>
      severity === "error" ? [`${rule.id} ${resource.address}: ${message}`] : [],
    ),
  );
  expect(found).toEqual([]);
});

test("a maximum of the service holds for all of its revisions together", () => {
  const pooled = (max: number) => {
    const { google_cloud_run_v2_service: services } = workloadAs("service", {
      env: { DATABASE_POOL_SIZE: "100", POSTGRES_HOST: host },
      scaling: [0, 3],
    });
    const api = { ...(services?.api as object), scaling: { max_instance_count: max } };
    return check(ruleById("capacity/database-connections"), {
      ...network,
      google_cloud_run_v2_service: { api },
    }).map(({ message }) => message);
  };
  expect(pooled(3)).toEqual([]);
  expect(pooled(4)).toContainEqual(
    expect.stringContaining("google_cloud_run_v2_service.api 400 (4 instances x 100)"),
  );
});

test("one initialization deadline of a database holds for every kind of workload that uses it", () => {
  const stated = (seconds: string) => ({
    env: { DATABASE_INIT_TIMEOUT_SECONDS: seconds, POSTGRES_HOST: host },
    connector,
  });
  const found = check(ruleById("time/drift"), {
    ...network,
    ...workloadAs("service", stated("75")),
    ...workloadAs("workerPool", stated("20")),
    ...workloadAs("function2", stated("75")),
  });
  expect(found).toMatchObject([
    {
      severity: "error",
      address: "google_cloud_run_v2_worker_pool.api",
      message: expect.stringContaining(
        "DATABASE_INIT_TIMEOUT_SECONDS is 20 s here and 75 s in google_cloud_run_v2_service.api",
      ),
    },
  ]);
});
