import net from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Draft } from "../support/environments.ts";
import { type Bundle, bundleProbe, type Probed, probePlan, type Variables } from "../support/probe.ts";
import { describeWith } from "../support/programs.ts";
import { authority, type Certificate, serverCertificate } from "../support/servers/certificates.ts";
import { type MysqlServer, startMysql } from "../support/servers/mysql.ts";
import { freePort } from "../support/servers/ports.ts";

describeWith(["mariadbd"], "the probe and a real server of MySQL's protocol", () => {
  let bundle: Bundle;
  let ca: Certificate;
  let server: MysqlServer;
  let plain: MysqlServer;

  beforeAll(async () => {
    bundle = bundleProbe();
    ca = await authority();
    // As Cloud SQL's, the certificate does not name the host.
    const certificate = await serverCertificate(ca, { hosts: ["0a1b.us-central1.sql.goog"] });
    [server, plain] = await Promise.all([
      startMysql({}, certificate),
      startMysql({ "max-connections": "10" }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([server?.stop(), plain?.stop()]);
    bundle?.remove();
  });

  function probe(
    changes: { readonly plan?: (database: Draft) => void; readonly variables?: Variables } = {},
  ): Promise<Probed> {
    const plan = probePlan((draft) => {
      draft.cache = undefined;
      draft.secrets = [
        { variable: "MYSQL_CA_CERTIFICATE", secret: "mysql-ca", version: 1, holds: "certificates" },
      ];
      Object.assign(draft.database, { engine: "mysql", via: "private-ip" });
      draft.database.ports.tcp = 3306;
      changes.plan?.(draft.database);
    });
    return bundle.run({
      PREFLIGHT_PLAN: JSON.stringify(plan),
      MYSQL_HOST: "localhost",
      MYSQL_PORT: String(server.port),
      MYSQL_DATABASE: "app",
      MYSQL_USER: "app",
      MYSQL_CA_CERTIFICATE: ca.certificate,
      ...changes.variables,
    });
  }

  test("name, TLS and greeting pass; nothing that would need a login is claimed", async () => {
    const probed = await probe();
    expect(probed.results.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(probed.code).toBe(0);
    const checks = probed.results.map(({ check }) => check).filter((check) => check.startsWith("database/"));
    expect(checks.sort()).toEqual([
      "database/address",
      "database/greeting",
      "database/name",
      "database/tcp",
      "database/tls",
    ]);
    expect(probed.result("database/tls").why).toMatch(/TLSv1\.3, the certificate holds until/);
    expect(probed.result("database/greeting").why).toMatch(
      /MySQL .*MariaDB.* takes connections; nobody logged in/,
    );
  });

  test("the Unix socket is the path itself", async () => {
    const probed = await probe({
      plan: (database) => (database.via = "socket"),
      variables: { MYSQL_SOCKET: server.socket },
    });
    expect(probed.result("database/socket").status).toBe("passed");
    expect(probed.result("database/greeting").status).toBe("passed");
    expect(probed.code).toBe(0);
  });

  test("a certificate of another CA, and a server without TLS, fail", async () => {
    const other = await authority("another CA");
    const wrong = await probe({ variables: { MYSQL_CA_CERTIFICATE: other.certificate } });
    expect(wrong.result("database/tls").status).toBe("failed");
    const without = await probe({ variables: { MYSQL_PORT: String(plain.port) } });
    expect(without.result("database/tls")).toMatchObject({
      status: "failed",
      why: `localhost:${plain.port}: the server does not speak TLS`,
    });
    expect(without.result("database/greeting").status).toBe("skipped");
  });

  test("a server whose connections are all taken says so by its own number", async () => {
    // One more than max_connections is an administrator's.
    const taken = await Promise.all(Array.from({ length: 11 }, () => greeted(plain.port)));
    const probed = await probe({
      plan: (database) => (database.via = "socket"),
      variables: { MYSQL_SOCKET: plain.socket },
    });
    for (const socket of taken) socket.destroy();
    expect(probed.result("database/greeting")).toMatchObject({
      status: "failed",
      why: `${plain.socket}: Too many connections (1040): every connection is taken: somebody opens more than the budget, or max_connections in force is lower`,
    });
    expect(probed.code).toBe(15);
  });

  test("what listens there and is not MySQL, and nothing that listens, are told apart", async () => {
    const web = net.createServer((socket) => {
      socket.on("error", () => {});
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    const { port } = web.address() as net.AddressInfo;
    const stranger = await probe({ variables: { MYSQL_PORT: String(port) } });
    web.close();
    expect(stranger.result("database/tls").why).toBe(`localhost:${port}: what listens there is not MySQL`);
    const nobody = await probe({ variables: { MYSQL_PORT: String(await freePort()) } });
    expect(nobody.result("database/tcp").why).toContain("MySQL listens on 3306; is the instance stopped?");
  });
});

/** A connection that the server has greeted, and that holds its slot. */
function greeted(port: number): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: "127.0.0.1", port });
    socket.once("data", () => resolve(socket));
    socket.once("error", reject);
  });
}
