import { describe, expect, test } from "@jest/globals";
import { platformPlan } from "../../platform/plan.ts";
import { budgetChanges } from "../../review/budget/budgets.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { findings, type Json, resources, synthesisOf, synthesized } from "../support/synthesized.ts";

const { plan, environment } = changedShape("databases");
const subject = environment();
const stacks = synthesized(subject);

describe("several databases", () => {
  test("are instances of one stack, each with its databases and a name in the private zone", () => {
    const json = stacks["databases-data"];
    expect(resources(json, "google_sql_database_instance").map(({ name }) => name)).toEqual([
      "databases-orders",
      "databases-reports",
    ]);
    expect(
      resources(json, "google_sql_database").map(({ name, instance }) => [
        name,
        /database-([a-z]+)_/.exec(instance)?.[1],
      ]),
    ).toEqual([
      ["audit", "orders"],
      ["acme", "orders"],
      ["acme", "reports"],
    ]);
    expect(resources(json, "google_dns_record_set").map(({ name }) => name)).toEqual([
      "postgres-orders.databases.internal.",
      "postgres-reports.databases.internal.",
    ]);
  });

  test("are mounted, one socket for each instance that a service reaches so", () => {
    const volumes = (stack: string, type: string) =>
      resources(stacks[stack], type).flatMap(({ template }: Json) =>
        (template.volumes ?? template.template.volumes).flatMap(
          (volume: Json) => volume.cloud_sql_instance?.instances ?? [],
        ),
      );
    const orders = "acme-web:europe-west1:databases-orders";
    expect(volumes("databases-service-web", "google_cloud_run_v2_service")).toEqual([orders]);
    expect(volumes("databases-service-api", "google_cloud_run_v2_service")).toEqual([orders]);
    expect(volumes("databases-job-nightly", "google_cloud_run_v2_job")).toEqual([
      "acme-web:europe-west1:databases-reports",
    ]);
    const both = synthesized(environment((draft: Draft) => (draft.services[1].databases[2].via = "socket")));
    const [service] = resources(both["databases-service-api"], "google_cloud_run_v2_service");
    expect(service?.template.volumes).toEqual([
      {
        name: "cloudsql",
        cloud_sql_instance: { instances: [orders, "acme-web:europe-west1:databases-reports"] },
      },
    ]);
  });

  test("give their secrets to those alone that use them", () => {
    const readers = resources(stacks["databases-foundation"], "google_secret_manager_secret_iam_member").map(
      ({ secret_id, member }) => [
        /secret-([a-z-]+)_/.exec(secret_id)?.[1],
        /identity-([a-z]+)_/.exec(member)?.[1],
      ],
    );
    expect(readers.sort()).toEqual([
      ["auditor-password", "api"],
      ["orders-password", "api"],
      ["orders-password", "web"],
      ["reports-ca", "api"],
      ["reports-password", "api"],
      ["reports-password", "nightly"],
    ]);
  });

  test("have one budget each: npm start, the review and the rule book count the same", () => {
    const whole = plan();
    const graph = synthesisOf(subject).graph(subject);
    const levels = budgetChanges(graph, graph, whole)
      .filter(({ unit }) => unit === "connections")
      .map(({ name, after }) => [name, after]);
    expect(levels).toEqual(
      whole.connectionBudget.databases.map(({ instance, used, limit }) => [
        `Connections to database ${instance.instance}`,
        { used, limit },
      ]),
    );
  });

  test("have alerts and a section of the dashboard each", () => {
    const { alerts, dashboards } = plan();
    const down = alerts.filter(({ id }) => /^database-.*-down$/.test(id)).map(({ id }) => id);
    expect(down).toEqual(["database-orders-down", "database-reports-down"]);
    expect(dashboards[0]?.sections.flatMap(({ title }) => /PostgreSQL: .*/.exec(title) ?? [])).toEqual([
      "PostgreSQL: databases-orders",
      "PostgreSQL: databases-reports",
    ]);
  });

  test("are imported, each and their databases, where they exist", () => {
    const imported = synthesized(
      environment((draft: Draft) => {
        draft.existing = {
          databases: { orders: "legacy-orders" },
          databaseNames: ["orders/acme", "orders/audit"],
        };
      }),
    );
    const { import: blocks } = imported["databases-data"] as Json;
    expect(blocks.map(({ to, id }: Json) => [to.replace(/_[0-9A-F]{8}$/, ""), id])).toEqual([
      ["google_sql_database_instance.database-orders", "projects/acme-web/instances/legacy-orders"],
      [
        "google_sql_database.database-orders_Database",
        "projects/acme-web/instances/legacy-orders/databases/acme",
      ],
      [
        "google_sql_database.database-orders_Database-audit",
        "projects/acme-web/instances/legacy-orders/databases/audit",
      ],
    ]);
  });
});

describe("MySQL", () => {
  const shape = changedShape("mysql");
  const json = synthesized(shape.environment());

  test("is an instance with the binary log, TLS and backups", () => {
    const [instance] = resources(json["mysql-data"], "google_sql_database_instance");
    expect(instance).toMatchObject({
      database_version: "MYSQL_8_4",
      settings: {
        edition: "ENTERPRISE",
        backup_configuration: {
          enabled: true,
          binary_log_enabled: true,
          transaction_log_retention_days: 7,
        },
        database_flags: [{ name: "max_connections", value: "500" }],
        ip_configuration: { ipv4_enabled: false, ssl_mode: "ENCRYPTED_ONLY" },
      },
    });
    expect(instance?.settings.backup_configuration).not.toHaveProperty("point_in_time_recovery_enabled");
  });

  test("has one budget: npm start and the review count the same", () => {
    const whole = shape.plan();
    const graph = synthesisOf(shape.environment()).graph(shape.environment());
    const [level] = budgetChanges(graph, graph, whole).filter(({ unit }) => unit === "connections");
    const [budget] = whole.connectionBudget.databases;
    expect(level?.after).toEqual({ used: budget?.used, limit: budget?.limit });
    expect(budget?.limit).toBe(500);
  });
});

test("with managed pooling the rule book counts a pool for each login, as the budget does", () => {
  const changed = environment((draft: Draft) => {
    Object.assign(draft.databases[0], {
      edition: "ENTERPRISE_PLUS",
      tier: "db-perf-optimized-N-4",
      pooler: { poolSize: 20 },
      caSecret: "orders-ca",
    });
    draft.secrets.push({ name: "orders-ca" });
    draft.services[0].database.via = "pooler";
    draft.services[1].database = {
      instance: "orders",
      database: "audit",
      user: "auditor",
      pool: 2,
      overflow: 0,
      via: "pooler",
    };
    draft.services[1].databases = undefined;
  });
  const whole = platformPlan(changed);
  const graph = synthesisOf(changed).graph(changed);
  const levels = budgetChanges(graph, graph, whole).filter(({ name }) => name.endsWith("databases-orders"));
  const budget = whole.connectionBudget.databases.find(({ instance }) => instance.name === "orders");
  expect(budget?.used).toBe(1 * 2 * 20 + 5 + 13);
  expect(levels.map(({ after }) => after)).toEqual([{ used: budget?.used, limit: 250 }]);
});

describe("read replicas", () => {
  const shape = changedShape("replicas");
  const json = synthesized(shape.environment());

  test("name their primary, have no backups of their own, and a private name", () => {
    const instances = resources(json["replicas-data"], "google_sql_database_instance");
    expect(
      instances
        .map(({ name, master_instance_name: primary, settings }) => [
          name,
          /database_[0-9A-F]+\.name/.test(primary ?? ""),
          settings.backup_configuration !== undefined,
          settings.tier,
        ])
        .sort(),
    ).toEqual([
      ["replicas-analytics", true, false, "db-custom-4-15360"],
      ["replicas-postgres", false, true, "db-custom-2-7680"],
      ["replicas-reader", true, false, "db-custom-2-7680"],
    ]);
    expect(resources(json["replicas-data"], "google_dns_record_set").map(({ name }) => name)).toEqual(
      expect.arrayContaining(["postgres.replicas.internal.", "postgres-reader.replicas.internal."]),
    );
    expect(resources(json["replicas-data"], "google_sql_database")).toHaveLength(1);
  });

  test("have one budget each: npm start and the review count the same", () => {
    const whole = shape.plan();
    const graph = synthesisOf(shape.environment()).graph(shape.environment());
    const levels = new Map(budgetChanges(graph, graph, whole).map(({ name, after }) => [name, after]));
    for (const { instance, used, limit } of whole.connectionBudget.databases)
      expect([instance.name, levels.get(`Connections to database ${instance.instance}`)]).toEqual([
        instance.name,
        { used, limit },
      ]);
  });

  test("of MySQL replicate a primary with backups and the binary log, to the rule book's content", () => {
    const mysql = changedShape("mysql").environment((draft: Draft) => {
      draft.database.replicas = [{ name: "reader" }];
    });
    expect(findings(mysql).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("are imported under the name that they have", () => {
    const imported = synthesized(
      shape.environment((draft: Draft) => {
        draft.existing = { databases: { reader: "legacy-reader" } };
      }),
    );
    const { import: blocks } = imported["replicas-data"] as Json;
    expect(blocks.map(({ id }: Json) => id)).toEqual(["projects/acme-web/instances/legacy-reader"]);
  });
});
