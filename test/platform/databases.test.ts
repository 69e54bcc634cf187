import { describe, expect, test } from "@jest/globals";
import { expectedHealth } from "../../platform/health/health-contract.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const { plan, issues } = changedShape("databases");
const single = changedShape("tcp");

const mysql = changedShape("mysql");

const workload = (draft: Draft, name: string): Draft =>
  [...draft.services, ...draft.jobs].find((each) => each.name === name);

describe("several databases", () => {
  test("each has its own names, ids and private host; the only one has those without a name", () => {
    expect(plan().databaseInstances.map(({ id, key, instance, host }) => [id, key, instance, host])).toEqual([
      ["database-orders", "databases.orders", "databases-orders", "postgres-orders.databases.internal"],
      ["database-reports", "databases.reports", "databases-reports", "postgres-reports.databases.internal"],
    ]);
    expect(single.plan().databaseInstances[0]).toMatchObject({
      id: "database",
      key: "database",
      host: "postgres.tcp.internal",
    });
  });

  test("the connections to each are budgeted by itself, all uses of one service together", () => {
    const sums = plan().connectionBudget.databases.map(({ instance, used, limit, shares }) => [
      instance.name,
      used,
      limit,
      shares.map(({ owner, connections }) => `${owner} ${connections}`),
    ]);
    expect(sums).toEqual([
      ["orders", 216, 250, ["web 100", "api 80", "migration jobs 5", "preflight jobs 18", "reserved 13"]],
      ["reports", 64, 200, ["api 40", "nightly 1", "migration jobs 5", "preflight jobs 5", "reserved 13"]],
    ]);
  });

  test("a service with several gets the variables of each with its name before them, and the deadlines once", () => {
    const whole = plan();
    const [web, api] = whole.services;
    const names = (service: typeof web) =>
      service === undefined
        ? []
        : whole
            .contract(service)
            .flatMap(({ name }) => (/POSTGRES_HOST|CONNECT_TIMEOUT/.test(name) ? [name] : []));
    expect(names(web)).toEqual(["DATABASE_CONNECT_TIMEOUT_SECONDS", "POSTGRES_HOST"]);
    expect(names(api)).toEqual([
      "AUDIT_POSTGRES_HOST",
      "DATABASE_CONNECT_TIMEOUT_SECONDS",
      "ORDERS_POSTGRES_HOST",
      "REPORTS_POSTGRES_HOST",
    ]);
    const value = (wanted: string) => api && whole.contract(api).find(({ name }) => name === wanted)?.from;
    expect(value("AUDIT_POSTGRES_DB")).toEqual({ value: "audit" });
    expect(value("AUDIT_POSTGRES_USER")).toEqual({ value: "auditor" });
    expect(value("AUDIT_POSTGRES_PASSWORD")).toEqual({ secret: "auditor-password", version: 1 });
    expect(api && expectedHealth(whole, api).dependencies.map(({ name }) => name)).toEqual([
      "orders-postgres",
      "audit-postgres",
      "reports-postgres",
    ]);
  });

  test("a further login is the choice of a service that has one database, too", () => {
    const changed = single.plan((draft: Draft) => {
      draft.database.furtherUsers = [{ user: "reader", passwordSecret: "reader-password" }];
      draft.secrets.push({ name: "reader-password" });
      draft.services[0].database.user = "reader";
    });
    const [api] = changed.services;
    expect(api && changed.contract(api).find(({ name }) => name === "POSTGRES_USER")?.from).toEqual({
      value: "reader",
    });
  });

  test("each pooler keeps a pool for each login to each database, and the budget counts them", () => {
    const changed = plan((draft: Draft) => {
      Object.assign(draft.databases[0], {
        edition: "ENTERPRISE_PLUS",
        tier: "db-perf-optimized-N-4",
        pooler: { poolSize: 20 },
        caSecret: "orders-ca",
      });
      draft.secrets.push({ name: "orders-ca" });
      for (const use of workload(draft, "api").databases.slice(0, 2)) use.via = "pooler";
    });
    const share = changed.connectionBudget.databases[0]?.shares.find(
      ({ owner }) => owner === "connection poolers",
    );
    expect(share).toMatchObject({ connections: 40, sum: "1 pooler × 2 logins × 20" });
  });
});

describe("MySQL", () => {
  test("has its own variables: a host and port, or the path of a socket", () => {
    const whole = mysql.plan();
    const names = whole.services.map((service) =>
      whole.contract(service).flatMap(({ name }) => (/MYSQL|POSTGRES/.test(name) ? [name] : [])),
    );
    expect(names).toEqual([
      ["MYSQL_DATABASE", "MYSQL_PASSWORD", "MYSQL_SOCKET", "MYSQL_USER"],
      ["MYSQL_CA_CERTIFICATE", "MYSQL_DATABASE", "MYSQL_HOST", "MYSQL_PASSWORD", "MYSQL_PORT", "MYSQL_USER"],
    ]);
    const [web, api] = whole.services;
    const value = (service: typeof web, wanted: string) =>
      service && whole.contract(service).find(({ name }) => name === wanted)?.from;
    expect(value(web, "MYSQL_SOCKET")).toEqual({ value: "/cloudsql/acme-web:europe-west1:mysql-mysql" });
    expect(value(api, "MYSQL_HOST")).toEqual({ value: "mysql.mysql.internal" });
    expect(value(api, "MYSQL_PORT")).toEqual({ value: "3306" });
    expect(whole.egressRules.find(({ name }) => name === "mysql")?.ports).toEqual(["3306", "3307"]);
    expect(whole.egressRules.some(({ name }) => name === "postgres")).toBe(false);
    expect(api && expectedHealth(whole, api).dependencies).toEqual([
      { name: "mysql", fault: "infrastructure" },
    ]);
  });

  test("has no connections of PostgreSQL's superuser, and no transaction ids", () => {
    const { connectionBudget, alerts } = mysql.plan();
    expect(connectionBudget.databases[0]?.shares.at(-1)).toEqual({
      owner: "reserved",
      connections: 10,
      sum: "database.reservedConnections 10",
    });
    const metrics = alerts
      .filter(({ id }) => id.startsWith("database-"))
      .flatMap(({ conditions }) =>
        conditions.flatMap((condition) => ("series" in condition ? [condition.series.metric] : [])),
      );
    expect(metrics).toContain("cloudsql.googleapis.com/database/network/connections");
    expect(metrics.join()).not.toContain("postgresql");
  });

  test.each<[what: string, change: (draft: Draft) => void, sentence: string]>([
    [
      "the pooler of PostgreSQL",
      (d) => (d.database.pooler = { poolSize: 5 }),
      'database.pooler is set: version is "MYSQL_8_4", and the pooler of this platform is PostgreSQL\'s. Fix: remove it, and keep the pools of the services small.',
    ],
    [
      "a flag that a deadline states",
      (d) => (d.database.flags = { max_execution_time: "1000" }),
      'database.flags.max_execution_time is "1000": deadlines.databaseStatement states this number. Fix: remove it and write deadlines.databaseStatement.',
    ],
    [
      "a database of MySQL's own",
      (d) => (d.database.databaseName = "sys"),
      'database.databaseName is "sys": MySQL keeps this database for itself. Fix: choose another name.',
    ],
    [
      "a login that is too long",
      (d) => (d.database.user = "a".repeat(33)),
      `database.user is "${"a".repeat(33)}": it has 33 characters, and MySQL allows 32. Fix: shorten it by 1.`,
    ],
    [
      "a version that Cloud SQL does not have",
      (d) => (d.database.version = "MYSQL_8_1"),
      'database.version is "MYSQL_8_1": allowed is one of',
    ],
    [
      "more connections than its memory carries",
      (d) => (d.database.maxConnections = 8000),
      "database.maxConnections is 8000: these connections take at least 8000 MiB (1 each), and db-custom-2-7680 has 7680 MiB.",
    ],
  ])("refuses %s", (_what, change, sentence) => {
    expect(mysql.issues(change).join("\n")).toContain(sentence);
  });

  test("takes as few connections as 10, and PostgreSQL no fewer than 25 and no more than 4,000", () => {
    expect(mysql.issues((d: Draft) => (d.database.maxConnections = 9)).join()).toContain(
      "database.maxConnections is 9: allowed is a whole number from 10 to 100000",
    );
    for (const wrong of [24, 4001])
      expect(single.issues((d: Draft) => (d.database.maxConnections = wrong)).join("\n")).toContain(
        `database.maxConnections is ${wrong}: allowed of PostgreSQL is a whole number from 25 to 4000. Fix: write a value from 25 to 4000.`,
      );
  });
});

describe("read replicas", () => {
  const replicas = changedShape("replicas");

  test("have settings of their primary where they have none of their own, and a budget each", () => {
    const { connectionBudget } = replicas.plan();
    expect(
      connectionBudget.databases.map(({ instance, used, limit }) => [
        instance.key,
        instance.settings.tier,
        used,
        limit,
      ]),
    ).toEqual([
      ["database", "db-custom-2-7680", 150, 200],
      ["database.replicas.reader", "db-custom-2-7680", 123, 300],
      ["database.replicas.analytics", "db-custom-4-15360", 33, 200],
    ]);
    expect(connectionBudget.databases[1]?.shares.map(({ owner }) => owner)).toEqual([
      "web",
      "preflight jobs",
      "reserved",
    ]);
  });

  test("do not make the primary one of several: a service without instance means it", () => {
    const whole = replicas.plan();
    const [api, web] = whole.services;
    expect(api && whole.databaseUses(api).map(({ instance }) => instance.name)).toEqual(["postgres"]);
    const plans = web && whole.preflightPlan(web).databases?.map(({ target, replica }) => [target, replica]);
    expect(plans).toEqual([
      ["database-main", undefined],
      ["database-reader", true],
    ]);
  });

  test("have an alert of their lag, at the limit that they state", () => {
    const lags = replicas
      .plan()
      .alerts.filter(({ symptom }) => symptom === "replica-lag")
      .map(({ id, conditions: [condition] }) => [id, "threshold" in condition ? condition.threshold : 0]);
    expect(lags).toEqual([
      ["database-reader-lag", 120],
      ["database-analytics-lag", 300],
    ]);
  });

  test.each<[what: string, change: (draft: Draft) => void, sentence: string]>([
    [
      "fewer connections than the primary of PostgreSQL",
      (d) => (d.database.replicas[0].maxConnections = 199),
      "database.replicas.reader.maxConnections is 199: a replica of PostgreSQL takes at least as many connections as its primary: database.maxConnections is 200. Fix: write at least 200, or leave it out.",
    ],
    [
      "a name that the primary has",
      (d) => (d.database.replicas[1].name = "postgres"),
      'database.replicas.postgres.name is "postgres": database has this name already. Fix: give each instance its own name.',
    ],
    [
      "two replicas of one name",
      (d) => (d.database.replicas[1].name = "reader"),
      'database.replicas[1].name is "reader": database.replicas.reader has this name already.',
    ],
    [
      "a tier of the other edition",
      (d) => (d.database.replicas[1].tier = "db-perf-optimized-N-4"),
      'database.replicas.analytics.tier is "db-perf-optimized-N-4": edition ENTERPRISE takes db-custom-* and shared-core tiers only.',
    ],
    [
      "a replica of nothing",
      (d) => (d.services[1].databases[1].instance = "readr"),
      'services.web.databases.readr.instance is "readr": no database of this name is declared. Fix: did you mean "reader"?',
    ],
    [
      "the pooler of the primary in front of a replica",
      (d) => (d.services[1].databases[1].via = "pooler"),
      'services.web.databases.reader.via is "pooler": database.replicas.reader is a replica, and the pooler is in front of its primary.',
    ],
    [
      "a client that cannot verify its server",
      (d) => delete d.database.replicas[0].caSecret,
      "database.replicas.reader.caSecret is missing: web connects to the database's private address",
    ],
    [
      "a budget that it exceeds",
      (d) => (d.services[1].databases[1].pool = 30),
      "database.replicas.reader.maxConnections is 300 connections: at full scale 398 connections are needed",
    ],
  ])("refuses %s", (_what, change, sentence) => {
    expect(replicas.issues(change).join("\n")).toContain(sentence);
  });

  test("of MySQL may take fewer connections", () => {
    const few = (d: Draft) => (d.database.replicas = [{ name: "reader", maxConnections: 50 }]);
    expect(mysql.issues(few)).toEqual([]);
  });
});

describe("refused, with both ends named", () => {
  test.each<[what: string, change: (draft: Draft) => void, sentence: string]>([
    [
      "an instance that is not declared",
      (d) => (workload(d, "web").database.instance = "order"),
      'services.web.database.instance is "order": no database of this name is declared. Fix: did you mean "orders"? Otherwise add { name: "order" } to databases.',
    ],
    [
      "one of several that is not named",
      (d) => delete workload(d, "web").database.instance,
      'services.web.database is without instance: there are several databases (orders, reports). Fix: add for example instance: "orders".',
    ],
    [
      "two instances of one name",
      (d) => (d.databases[1].name = "orders"),
      'databases[1].name is "orders": databases[0] has this name already. Fix: give each its own name.',
    ],
    [
      "the section for one and that for several",
      (d) => (d.database = { ...d.databases[0], name: "third" }),
      "database is set: databases is written, too, and holds every instance where there are several. Fix: move it into databases.",
    ],
    [
      "both at a service",
      (d) => (workload(d, "api").database = { instance: "orders", pool: 1, overflow: 0, via: "socket" }),
      "services.api.database is set: databases is written, too, and holds every database of a service that uses several. Fix: move it into databases, with its instance.",
    ],
    [
      "a database that the instance does not have",
      (d) => (workload(d, "nightly").database.database = "audit"),
      'jobs.nightly.database.database is "audit": databases.reports has acme. Fix: add it to databases.reports.furtherDatabases, or choose one of them.',
    ],
    [
      "a login that the instance does not have",
      (d) => (workload(d, "nightly").database.user = "auditor"),
      'jobs.nightly.database.user is "auditor": databases.reports has acme. Fix: add it to databases.reports.furtherUsers, or choose one of them.',
    ],
    [
      "two uses whose variables have one name",
      (d) => delete workload(d, "api").databases[1].as,
      'services.api.databases[1].instance is "orders": databases[0] has the variables ORDERS_CLOUD_SQL_INSTANCE and so on already. Fix: give one of them another name: as: "audit".',
    ],
    [
      "a secret that a database passes already",
      (d) => {
        d.secrets.push({ name: "reports-postgres-password" });
        workload(d, "api").secrets = ["reports-postgres-password"];
      },
      'services.api.databases.reports.instance is "reports": its variables start with REPORTS_, and the secret "reports-postgres-password" is passed as one of them. Fix: remove the secret from secrets: the database passes its own.',
    ],
    [
      "a database or login that is there twice",
      (d) => (d.databases[0].furtherDatabases = ["audit", "audit"]),
      'databases.orders.furtherDatabases[1] is "audit": databases.orders.furtherDatabases[0] is this already. Fix: write each once.',
    ],
    [
      "a password that two logins share",
      (d) => (d.databases[1].passwordSecret = "orders-password"),
      'databases.reports.passwordSecret is "orders-password": databases.orders.passwordSecret uses this secret, too, and a secret has one value. Fix: declare a secret for each.',
    ],
    [
      "a budget that one of them exceeds",
      (d) => (d.databases[1].maxConnections = 60),
      "databases.reports.maxConnections is 60 connections: at full scale 64 connections are needed",
    ],
    [
      "a pooler that the instance lacks",
      (d) => (workload(d, "api").databases[2].via = "pooler"),
      'services.api.databases.reports.via is "pooler": the database has no pooler. Fix: add databases.reports.pooler: { poolSize: 50 }, or write via: "private-ip".',
    ],
    [
      "a client that cannot verify the server",
      (d) => delete d.databases[1].caSecret,
      "databases.reports.caSecret is missing: api connects to the database's private address, and cannot verify the server without its CA",
    ],
    [
      "an existing instance that is not declared",
      (d) => (d.existing = { network: true, databases: { billing: "legacy" } }),
      'existing.databases.billing is "legacy": databases has no instance of this name.',
    ],
    [
      "an existing database of an instance that is created",
      (d) => (d.existing = { network: true, databaseNames: ["orders/audit"] }),
      'existing.databaseNames[0] is "orders/audit": existing does not state the instance "orders"',
    ],
  ])("%s", (_what, change, sentence) => {
    expect(issues(change).join("\n")).toContain(sentence);
  });
});
