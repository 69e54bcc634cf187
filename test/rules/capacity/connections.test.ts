import { describe, expect, test } from "@jest/globals";
import { connectorConnections } from "../../../rules/capacity/connector-connections.ts";
import { databaseConnections } from "../../../rules/capacity/database-connections.ts";
import { directEgressAddresses } from "../../../rules/capacity/direct-egress-addresses.ts";
import { redisClients } from "../../../rules/capacity/redis-clients.ts";
import { service } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const variable = { most: {}, pool: {}, host: {} };

interface Setting {
  readonly max?: unknown;
  readonly pool?: unknown;
  readonly overflow?: unknown;
  readonly host?: unknown;
  readonly settings?: object;
  readonly version?: string;
}

const HOST = "${google_sql_database_instance.orders.private_ip_address}";

function connections({ max = 4, pool = 10, overflow = 15, host = HOST, settings, version }: Setting) {
  return check(
    databaseConnections,
    {
      google_sql_database_instance: {
        orders: {
          name: "orders",
          region: "europe-west1",
          database_version: version ?? "POSTGRES_15",
          settings: { tier: "db-custom-2-7680", ...settings },
        },
      },
      google_cloud_run_v2_service: {
        api: service({
          env: { DATABASE_POOL_SIZE: pool, DATABASE_MAX_OVERFLOW: overflow, POSTGRES_HOST: host },
          template: { scaling: { max_instance_count: max } },
        }),
      },
    },
    { variable },
  );
}

const maxConnections = (value: unknown) => ({
  database_flags: [{ name: "max_connections", value: String(value) }],
});

describe("capacity/database-connections", () => {
  test("exactly what is left beside the superuser holds", () => {
    expect(connections({ max: 4, settings: maxConnections(203) })).toEqual([]);
  });

  test("one connection more than that breaks", () => {
    const found = connections({ max: 4, settings: maxConnections(202) });
    expect(found.map(({ severity, address }) => [severity, address])).toEqual([
      ["error", "google_sql_database_instance.orders"],
      ["error", "google_cloud_run_v2_service.api"],
    ]);
    expect(found[0]?.message).toBe(
      "at full scale 200 connections are opened to google_sql_database_instance.orders: google_cloud_run_v2_service.api 200 (4 instances x 2 revisions x 25), above 199 (max_connections 202 less 3 reserved); fails at run time: remaining connection slots are reserved.",
    );
  });

  test("incident I-3: 23 instances over two revisions with 25 each are 1150 connections", () => {
    expect(connections({ max: 23 })[0]?.message).toContain(
      "1150 connections are opened to google_sql_database_instance.orders: google_cloud_run_v2_service.api 1150 (23 instances x 2 revisions x 25), above 397 (the default max_connections of db-custom-2-7680, 400, less 3 reserved)",
    );
  });

  test("the database is found by socket, connection name, or as the only one behind a secret", () => {
    for (const host of [
      "/cloudsql/${google_sql_database_instance.orders.connection_name}",
      "/cloudsql/acme-dev:europe-west1:orders",
      "${var.host}",
    ]) {
      expect(connections({ max: 23, host })).toHaveLength(2);
    }
    expect(connections({ max: 23, host: "db.example.org" })).toEqual([]);
  });

  test("what is not known is said, not guessed", () => {
    expect(connections({ max: "${var.most}" })).toMatchObject([
      {
        severity: "unknown",
        address: "google_cloud_run_v2_service.api",
        message: "its maximum of instances is not known, so its connections cannot be counted.",
      },
    ]);
    expect(connections({ max: 23, settings: maxConnections("${var.most}") })).toMatchObject([
      { severity: "unknown", address: "google_sql_database_instance.orders" },
    ]);
    expect(connections({ max: 23, pool: "${var.pool}" })).toEqual([]);
    expect(connections({ max: 23, version: "MYSQL_8_0" })).toEqual([]);
  });

  test("without a maximum of instances it is advice", () => {
    expect(connections({ max: null })).toMatchObject([{ severity: "warning" }, { severity: "warning" }]);
  });

  test("managed connection pooling takes the clients off the database", () => {
    const pooling = { connection_pool_config: { connection_pooling_enabled: true } };
    expect(connections({ max: 23, settings: pooling })).toEqual([]);
  });

  test("and its poolers open what their pools hold, one pooler for each 4 CPUs", () => {
    const pooled = (size: number, port?: string) =>
      check(databaseConnections, {
        google_sql_database_instance: {
          orders: {
            name: "orders",
            database_version: "POSTGRES_16",
            settings: {
              tier: "db-perf-optimized-N-8",
              edition: "ENTERPRISE_PLUS",
              database_flags: [{ name: "max_connections", value: "103" }],
              connection_pool_config: {
                connection_pooling_enabled: true,
                flags: [{ name: "max_pool_size", value: String(size) }],
              },
            },
          },
        },
        google_cloud_run_v2_service: {
          api: service({
            env: {
              POSTGRES_HOST: HOST,
              DATABASE_POOL_SIZE: "5",
              ...(port === undefined ? {} : { POSTGRES_PORT: port }),
            },
            template: { scaling: { max_instance_count: 1 } },
          }),
        },
      }).map(({ message }) => message);
    expect(pooled(50, "6432")).toEqual([]);
    expect(pooled(51, "6432")).toEqual([
      "at full scale 102 connections are opened to google_sql_database_instance.orders: google_sql_database_instance.orders 102 (2 poolers x 51), above 100 (max_connections 103 less 3 reserved); fails at run time: remaining connection slots are reserved.",
    ]);
    expect(pooled(50, "5432")[0]).toContain(
      "google_sql_database_instance.orders 100 (2 poolers x 50) + google_cloud_run_v2_service.api 10 (1 instance x 2 revisions x 5)",
    );
  });

  test("the pool may stand in the connection URL", () => {
    const found = check(databaseConnections, {
      google_sql_database_instance: {
        orders: { name: "orders", database_version: "POSTGRES_15", settings: { tier: "db-f1-micro" } },
      },
      google_cloud_run_v2_service: {
        api: service({
          env: { DATABASE_URL: `postgres://u@${HOST}/db?connection_limit=12` },
          template: { scaling: { max_instance_count: 1 } },
        }),
      },
    });
    expect(found[0]?.message).toContain("24 (1 instance x 2 revisions x 12), above 22");
  });

  test("jobs count once, with as many tasks as run together", () => {
    const job = (parallelism: number) =>
      check(databaseConnections, {
        google_sql_database_instance: {
          orders: {
            name: "orders",
            database_version: "POSTGRES_15",
            settings: { tier: "db-f1-micro" },
          },
        },
        google_cloud_run_v2_job: {
          migrate: {
            name: "migrate",
            location: "europe-west1",
            template: {
              task_count: 50,
              parallelism,
              template: {
                containers: [
                  {
                    image: "i",
                    env: [
                      { name: "DATABASE_POOL_SIZE", value: "2" },
                      { name: "POSTGRES_HOST", value: HOST },
                    ],
                  },
                ],
              },
            },
          },
        },
      });
    expect(job(11)).toEqual([]);
    expect(job(12)[0]?.message).toContain("google_cloud_run_v2_job.migrate 24 (12 tasks x 2), above 22");
  });
});

describe("capacity/connector-connections", () => {
  const socket = (pool: unknown) =>
    check(
      connectorConnections,
      {
        google_cloud_run_v2_service: {
          api: service({
            env: { DATABASE_POOL_SIZE: pool },
            template: {
              volumes: [{ name: "sql", cloud_sql_instance: { instances: ["acme-dev:europe-west1:orders"] } }],
            },
          }),
        },
      },
      { variable },
    );

  test("100 connections of one instance hold, 101 break", () => {
    expect(socket(100)).toEqual([]);
    expect(socket("${var.pool}")).toEqual([]);
    expect(socket(101)).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "one instance may open 101 connections (DATABASE_POOL_SIZE 101) through the Cloud SQL socket; fails at run time: it carries 100 and refuses the rest.",
      },
    ]);
  });
});

describe("capacity/redis-clients", () => {
  const clients = (pool: number, more: object) =>
    check(redisClients, {
      google_redis_instance: { cache: { name: "cache", memory_size_gb: 4, ...more } },
      google_cloud_run_v2_service: {
        api: service({
          env: { REDIS_HOST: "${google_redis_instance.cache.host}", REDIS_POOL_SIZE: pool },
          template: { scaling: { max_instance_count: 10 } },
        }),
      },
    });
  const tls = { redis_version: "REDIS_6_X", transit_encryption_mode: "SERVER_AUTHENTICATION" };

  test("1000 clients hold with TLS on 4 GB before Redis 7, one pool more breaks", () => {
    expect(clients(50, tls)).toEqual([]);
    expect(clients(51, tls)).toMatchObject([
      {
        severity: "error",
        address: "google_redis_instance.cache",
        message:
          "at full scale 1020 clients connect to google_redis_instance.cache: google_cloud_run_v2_service.api 1020 (10 instances x 2 revisions x 51), above its 1000; fails at run time: Redis rejects the rest.",
      },
      { address: "google_cloud_run_v2_service.api" },
    ]);
  });

  test("without TLS, with more memory and since Redis 7 the cap is higher", () => {
    expect(clients(51, { redis_version: "REDIS_6_X" })).toEqual([]);
    expect(clients(51, { ...tls, memory_size_gb: 5 })).toEqual([]);
    expect(clients(51, { ...tls, redis_version: "REDIS_7_0" })).toEqual([]);
  });
});

describe("capacity/direct-egress-addresses", () => {
  const addresses = (max: unknown, range = "10.1.0.0/26") =>
    check(
      directEgressAddresses,
      {
        google_compute_subnetwork: {
          run: { name: "run", region: "europe-west1", network: "main", ip_cidr_range: range },
        },
        google_cloud_run_v2_service: {
          api: service({
            template: {
              scaling: { max_instance_count: max },
              vpc_access: { network_interfaces: { subnetwork: "${google_compute_subnetwork.run.id}" } },
            },
          }),
        },
      },
      { variable },
    );

  test("12 instances hold in a /26: 48 of 60 addresses", () => {
    expect(addresses(12)).toEqual([]);
  });

  test("13 take 52, which are 64 in blocks of 16", () => {
    expect(addresses(13)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_subnetwork.run",
        message:
          "at full scale during a rollout 64 addresses are taken from google_compute_subnetwork.run: google_cloud_run_v2_service.api 64 (13 instances x 2 revisions x 2), in blocks of 16; 10.1.0.0/26 has 60 usable; fails at run time: instances fail to start because no address is free.",
      },
      { address: "google_cloud_run_v2_service.api" },
    ]);
  });

  test("an unknown maximum is not judged, a missing one only advised", () => {
    expect(addresses("${var.most}")).toEqual([]);
    expect(addresses(null)).toMatchObject([{ severity: "warning" }, { severity: "warning" }]);
  });
});

/** The kind: several databases of one service, each with a pool that is named after it. */
describe("capacity/database-connections: pools with a name before them", () => {
  const two = (orders: object, analytics: object) =>
    check(databaseConnections, {
      google_sql_database_instance: Object.fromEntries(
        ["orders", "analytics"].map((name) => [
          name,
          {
            name,
            region: "europe-west1",
            database_version: "POSTGRES_15",
            settings: { tier: "db-custom-2-7680", ...maxConnections(103) },
          },
        ]),
      ),
      google_cloud_run_v2_service: {
        api: service({
          env: { ...orders, ...analytics },
          template: { scaling: { max_instance_count: 5 } },
        }),
      },
    }).map(({ message }) => message);
  const of = (name: string, more: object) =>
    Object.fromEntries(
      Object.entries({
        DB_HOST: `\${google_sql_database_instance.${name}.private_ip_address}`,
        ...more,
      }).map(([variable, value]) => [`${name.toUpperCase()}_${variable}`, value]),
    );

  test("are budgeted apart", () => {
    expect(two(of("orders", { DB_POOL_SIZE: 10 }), of("analytics", { DB_POOL_SIZE: 10 }))).toEqual([]);
    const found = two(
      of("orders", { DB_POOL_SIZE: 8, DB_MAX_OVERFLOW: 3 }),
      of("analytics", { DB_POOL_SIZE: 10 }),
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toContain(
      "110 connections are opened to google_sql_database_instance.orders: google_cloud_run_v2_service.api 110 (5 instances x 2 revisions x 11), above 100",
    );
  });

  test("are found by a connection name, and not counted where a name leads to no database or to two", () => {
    const byName = { ORDERS_DB_INSTANCE: "acme-dev:europe-west1:orders", ORDERS_DB_POOL_SIZE: 50 };
    expect(two(byName, {})).toHaveLength(2);
    expect(two({ ORDERS_DB_POOL_SIZE: 50 }, {})).toEqual([]);
    expect(two({ ...byName, ORDERS_DB_REPLICA: "acme-dev:europe-west1:analytics" }, {})).toEqual([]);
  });
});
