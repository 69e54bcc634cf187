import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Client } from "pg";
import type { Draft } from "../support/environments.ts";
import { type Bundle, bundleProbe, type Probed, probePlan, type Variables } from "../support/probe.ts";
import { describeWith } from "../support/programs.ts";
import { authority, type Certificate, serverCertificate } from "../support/servers/certificates.ts";
import { type Listening, startHttps } from "../support/servers/https.ts";
import { freePort } from "../support/servers/ports.ts";
import { type PostgresServer, startPostgres } from "../support/servers/postgres.ts";

const PASSWORD = "correct-horse-7f3a";

describeWith(["postgres", "initdb"], "the probe and a real PostgreSQL", () => {
  let bundle: Bundle;
  let ca: Certificate;
  let other: Certificate;
  let server: PostgresServer;
  const proxies: Listening[] = [];

  beforeAll(async () => {
    bundle = bundleProbe();
    ca = await authority();
    other = await authority("another CA");
    // As Cloud SQL's, the certificate does not name the host.
    const certificate = await serverCertificate(ca, { hosts: ["0a1b.us-central1.sql.goog"] });
    server = await startPostgres({ max_connections: "40" }, certificate, PASSWORD);
  });
  afterAll(async () => {
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await server?.remove();
    bundle?.remove();
  });

  function probe(
    changes: { readonly plan?: (plan: Draft) => void; readonly variables?: Variables } = {},
  ): Promise<Probed> {
    const plan = probePlan((draft) => {
      draft.cache = undefined;
      draft.secrets = [
        { variable: "POSTGRES_PASSWORD", secret: "postgres-password", version: 3, holds: "text" },
        { variable: "POSTGRES_CA_CERTIFICATE", secret: "postgres-ca", version: 1, holds: "certificates" },
      ];
      Object.assign(draft.database, {
        via: "private-ip",
        maxConnections: 40,
        needed: 30,
        shares: [{ owner: "backend", connections: 30, sum: "1 instance × 2 revisions × (10 + 5)" }],
        perInstance: 5,
        perRevision: 15,
      });
      changes.plan?.(draft);
    });
    return bundle.run({
      PREFLIGHT_PLAN: JSON.stringify(plan),
      POSTGRES_HOST: "localhost",
      POSTGRES_PORT: String(server.port),
      POSTGRES_DB: "postgres",
      POSTGRES_USER: "admin",
      POSTGRES_PASSWORD: PASSWORD,
      POSTGRES_CA_CERTIFICATE: ca.certificate,
      CLOUD_SQL_INSTANCE: "acme:us-central1:db",
      ...changes.variables,
    });
  }

  async function asAdmin(statement: string): Promise<void> {
    const client = new Client({
      host: server.socketFolder,
      port: server.port,
      user: "admin",
      password: PASSWORD,
      database: "postgres",
    });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  test("everything passes over TLS to a server whose certificate does not name its host", async () => {
    const probed = await probe();
    expect(probed.results.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(probed.code).toBe(0);
    expect(probed.results.map(({ check }) => check).sort()).toEqual([
      "database/address",
      "database/connect",
      "database/connections-left",
      "database/max-connections",
      "database/name",
      "database/pool",
      "database/query",
      "database/statement-timeout",
      "database/tcp",
      "database/tls",
      "database/writable",
      "secrets/POSTGRES_CA_CERTIFICATE",
      "secrets/POSTGRES_PASSWORD",
      "settings/in-force",
    ]);
    expect(probed.result("database/tls").why).toMatch(
      /TLSv1\.3, the certificate holds until .* 89 days|90 days/,
    );
    expect(probed.result("database/connect").why).toMatch(/session of "admin" on PostgreSQL \d+/);
    expect(probed.result("database/query").measured?.p95Milliseconds).toBeGreaterThan(0);
    expect(probed.result("database/pool").measured).toEqual({ opened: 5, wanted: 5 });
    expect(probed.summary.status).toBe("passed");
  });

  test("everything passes through the Unix socket", async () => {
    const probed = await probe({
      plan: (plan) => {
        plan.database.via = "socket";
      },
      variables: { POSTGRES_HOST: server.socketFolder },
    });
    expect(probed.results.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(probed.result("database/socket").why).toContain(`/.s.PGSQL.${server.port} accepts connections`);
    expect(probed.code).toBe(0);
  });

  test("each of several databases is checked by its own variables, and told by its name", async () => {
    const probed = await probe({
      plan: (draft) => {
        const { database } = draft;
        draft.database = undefined;
        draft.databases = [
          { ...database, target: "database-orders", prefix: "ORDERS_" },
          { ...database, target: "database-audit", prefix: "AUDIT_" },
        ];
        draft.secrets = [
          { variable: "AUDIT_POSTGRES_PASSWORD", secret: "audit-password", version: 2, holds: "text" },
        ];
      },
      variables: Object.fromEntries(
        ["ORDERS", "AUDIT"].flatMap((name) => [
          [`${name}_POSTGRES_HOST`, "localhost"],
          [`${name}_POSTGRES_PORT`, String(server.port)],
          [`${name}_POSTGRES_DB`, "postgres"],
          [`${name}_POSTGRES_USER`, "admin"],
          [`${name}_POSTGRES_PASSWORD`, name === "AUDIT" ? "wrong-secret-91c2" : PASSWORD],
          [`${name}_POSTGRES_CA_CERTIFICATE`, ca.certificate],
        ]),
      ),
    });
    const passed = probed.results.filter(({ status }) => status === "passed").map(({ check }) => check);
    expect(passed.filter((check) => check.startsWith("database-orders/"))).toHaveLength(11);
    expect(probed.result("database-audit/tls").status).toBe("passed");
    expect(probed.result("database-audit/connect")).toMatchObject({
      status: "failed",
      why: expect.stringContaining("secret audit-password version 2 is not the login's password"),
    });
    expect(probed.result("database-audit/pool").status).toBe("skipped");
    expect(probed.code).toBe(15);
  });

  test("a database whose variables are not set is refused by their names", async () => {
    const probed = await probe({
      plan: (draft) => {
        draft.databases = [{ ...draft.database, target: "database-audit", prefix: "AUDIT_" }];
      },
    });
    expect(probed.code).toBe(2);
    expect(probed.stdout + probed.stderr).toContain(
      "AUDIT_POSTGRES_HOST, AUDIT_POSTGRES_PORT, AUDIT_POSTGRES_DB, AUDIT_POSTGRES_USER are not set",
    );
  });

  test("a primary where a replica is written is told: writes would not be refused", async () => {
    const probed = await probe({ plan: (draft) => (draft.database.replica = true) });
    expect(probed.result("database/writable")).toMatchObject({
      status: "failed",
      why: `localhost:${server.port}: this is a primary, where a replica is written: writes would not be refused`,
    });
  });

  test("a socket that is not mounted is told once, and what needs it is skipped", async () => {
    const probed = await probe({
      plan: (plan) => {
        plan.database.via = "socket";
      },
      variables: { POSTGRES_HOST: "/cloudsql/acme:us-central1:db" },
    });
    expect(probed.result("database/socket").why).toBe(
      `/cloudsql/acme:us-central1:db/.s.PGSQL.${server.port}: no such socket: the job does not mount the Cloud SQL instance acme:us-central1:db, or its name is wrong`,
    );
    expect(probed.summary).toMatchObject({ failed: 1, skipped: 7, exitCode: 13 });
    expect(probed.result("database/query")).toMatchObject({
      status: "skipped",
      why: "not tried: database/connect was skipped",
    });
    expect(probed.code).toBe(13);
  });

  test("a socket's path that is too long is refused before it is tried", async () => {
    const probed = await probe({
      plan: (plan) => {
        plan.database.via = "socket";
      },
      variables: { POSTGRES_HOST: `/cloudsql/${"a".repeat(100)}` },
    });
    expect(probed.result("database/socket").why).toContain("a Unix socket's path at most 107");
  });

  test("a wrong password names the secret's version, and is not said", async () => {
    const probed = await probe({ variables: { POSTGRES_PASSWORD: "wrong-secret-91c2" } });
    expect(probed.result("database/connect")).toMatchObject({
      status: "failed",
      fault: "infrastructure",
      why: `localhost:${server.port}: password of "admin" refused: secret postgres-password version 3 is not the login's password, or the login does not exist or has expired`,
    });
    expect(probed.code).toBe(15);
    expect(probed.stdout + probed.stderr).not.toContain("wrong-secret");
  });

  test("an empty password is one cause: nothing is told of SASL", async () => {
    const probed = await probe({ variables: { POSTGRES_PASSWORD: "" } });
    expect(probed.summary).toMatchObject({ failed: 1, criticalCategories: ["secrets"], exitCode: 11 });
    expect(probed.result("database/connect").why).toBe("not tried: secrets/POSTGRES_PASSWORD failed");
  });

  test("a database that takes no writes is told before the service writes; a login that may only read is advice", async () => {
    await asAdmin("CREATE DATABASE frozen");
    await asAdmin("ALTER DATABASE frozen SET default_transaction_read_only = on");
    const frozen = await probe({ variables: { POSTGRES_DB: "frozen" } });
    expect(frozen.summary.failures.map(({ check, why }) => [check, why])).toEqual([
      [
        "database/writable",
        `localhost:${server.port}: default_transaction_read_only is on (set for the database): writes are refused`,
      ],
    ]);
    expect(frozen.code).toBe(15);
    await asAdmin("CREATE ROLE reader LOGIN PASSWORD 'reader-4f'");
    await asAdmin("ALTER ROLE reader SET default_transaction_read_only = on");
    const reader = await probe({ variables: { POSTGRES_USER: "reader", POSTGRES_PASSWORD: "reader-4f" } });
    expect(reader.result("database/writable").why).toContain("set for the user");
    expect(reader.code).toBe(0);
  });

  test("one session at a time until the pool: a login's limit fails there alone, and is named", async () => {
    await asAdmin("CREATE ROLE limited LOGIN PASSWORD 'limited-4f' CONNECTION LIMIT 2");
    const probed = await probe({ variables: { POSTGRES_USER: "limited", POSTGRES_PASSWORD: "limited-4f" } });
    expect(probed.summary.failures.map(({ check }) => check)).toEqual(["database/pool"]);
    expect(probed.result("database/pool").why).toContain(
      'too many connections for role "limited": a CONNECTION LIMIT of its own holds it below the budget',
    );
  });

  test("a missing database is named", async () => {
    const probed = await probe({ variables: { POSTGRES_DB: "netra" } });
    expect(probed.result("database/connect").why).toContain(
      'database "netra" does not exist on this instance',
    );
  });

  test("a certificate of another CA fails before a session is tried", async () => {
    const probed = await probe({ variables: { POSTGRES_CA_CERTIFICATE: other.certificate } });
    expect(probed.result("database/tls").why).toContain(
      "the certificate was not issued by the CA in POSTGRES_CA_CERTIFICATE",
    );
    expect(probed.result("database/connect").status).toBe("skipped");
    expect(probed.code).toBe(14);
  });

  test("max_connections in force below the budget is the failure of I-3", async () => {
    const probed = await probe({
      plan: (plan) => {
        Object.assign(plan.database, { maxConnections: 1250, needed: 1138 });
      },
    });
    expect(probed.result("database/max-connections").why).toBe(
      "max_connections in force is 40, written is 1250, and the budget needs 1138 of 1250: backend 30 (1 instance × 2 revisions × (10 + 5)): set the flag and restart the instance",
    );
    expect(probed.code).toBe(15);
  });

  test("fewer connections left than one instance opens: the pool is not even tried", async () => {
    const probed = await probe({
      plan: (plan) => {
        plan.database.perInstance = 60;
      },
    });
    expect(probed.result("database/connections-left").why).toMatch(
      /connections are in use, \d+ of 40 are left \(3 reserved\): fewer than the 60 that one new instance may open/,
    );
    expect(probed.result("database/pool").status).toBe("skipped");
  });

  test("enough for one instance and not for a revision is advice", async () => {
    const probed = await probe({
      plan: (plan) => {
        plan.database.perRevision = 500;
      },
    });
    expect(probed.code).toBe(0);
    expect(probed.stdout).toMatch(/"severity":"WARNING".*database\/connections-left/);
    expect(probed.result("database/connections-left").why).toContain(
      "not for a new revision at its maximum (500)",
    );
  });

  test("queries that take longer than written fail, with the measured times", async () => {
    const probed = await probe({
      plan: (plan) => {
        plan.database.queryMilliseconds = 0;
        plan.database.queries = 5;
      },
    });
    expect(probed.result("database/query").why).toMatch(
      /5 queries: median .* ms, 95th percentile .* ms \(limit 0 ms\): the database is under pressure/,
    );
  });

  test("a port that nothing listens on is refused", async () => {
    const port = await freePort();
    const probed = await probe({ variables: { POSTGRES_PORT: String(port) } });
    expect(probed.result("database/tcp").why).toBe(
      `localhost:${port}: refused: nothing listens there, or wrong port. PostgreSQL listens on 5432; is the instance stopped?`,
    );
    expect(probed.code).toBe(13);
  });

  test("what listens there and is not PostgreSQL is said", async () => {
    const web = await startHttps(undefined, (_, response) => response.end());
    proxies.push(web);
    const probed = await probe({ variables: { POSTGRES_PORT: String(web.port) } });
    expect(probed.result("database/tls").why).toBe(
      `localhost:${web.port}: what listens there is not PostgreSQL`,
    );
  });

  test("a server without TLS is told as such", async () => {
    await server.restart({ ssl: "off" });
    try {
      const probed = await probe();
      expect(probed.result("database/tls").why).toBe(
        `localhost:${server.port}: the server does not speak TLS: ssl is off`,
      );
    } finally {
      await server.restart({});
    }
  });

  test("all connections taken says what the budget is", async () => {
    await server.restart({ max_connections: "4", superuser_reserved_connections: "3", max_wal_senders: "0" });
    try {
      const { Client } = await import("pg");
      const connect = (user: string, password: string) =>
        new Client({ host: "127.0.0.1", port: server.port, user, password, database: "postgres" });
      const admin = connect("admin", PASSWORD);
      await admin.connect();
      await admin.query("CREATE ROLE app LOGIN PASSWORD 'app-secret-55'");
      const app = connect("app", "app-secret-55");
      await admin.end();
      await app.connect();
      app.on("error", () => {});
      const probed = await probe({ variables: { POSTGRES_USER: "app", POSTGRES_PASSWORD: "app-secret-55" } });
      expect(probed.result("database/connect").why).toContain(
        "remaining connection slots are reserved for non-replication superuser connections: every connection is taken. Budget 30 of 40: backend 30",
      );
      await app.end();
    } finally {
      await server.restart({});
    }
  });

  test("a stopped server is refused", async () => {
    await server.stop();
    const probed = await probe();
    expect(probed.result("database/tcp").why).toContain("refused: nothing listens there");
    await server.restart({});
  });
});
