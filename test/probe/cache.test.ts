import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { Redis } from "ioredis";
import type { Draft } from "../support/environments.ts";
import { type Bundle, bundleProbe, type Probed, probePlan, type Variables } from "../support/probe.ts";
import { describeWith } from "../support/programs.ts";
import { authority, type Certificate, serverCertificate } from "../support/servers/certificates.ts";
import { freePort } from "../support/servers/ports.ts";
import { type RedisServer, startRedis } from "../support/servers/redis.ts";
import { until } from "../support/time/wait.ts";

const AUTH = "auth-string-0d1e";

describeWith(["redis-server"], "the probe and a real Redis", () => {
  let bundle: Bundle;
  let ca: Certificate;
  let encrypted: RedisServer;
  let plain: RedisServer;
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    bundle = bundleProbe();
    ca = await authority();
    // As Memorystore's, the certificate names no private DNS name.
    const certificate = await serverCertificate(ca, { hosts: ["memorystore"] });
    encrypted = await startRedis({ requirepass: AUTH }, certificate);
    plain = await startRedis({ requirepass: AUTH });
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });
  afterAll(async () => {
    await encrypted?.stop();
    await plain?.stop();
    bundle?.remove();
  });

  function probe(
    port: number,
    changes: { readonly plan?: (plan: Draft) => void; readonly variables?: Variables } = {},
  ): Promise<Probed> {
    const plan = probePlan((draft) => {
      draft.database = undefined;
      draft.secrets = [{ variable: "REDIS_PASSWORD", secret: "redis-auth", version: 4, holds: "text" }];
      draft.cache.perInstance = 20;
      changes.plan?.(draft);
    });
    return bundle.run({
      PREFLIGHT_PLAN: JSON.stringify(plan),
      REDIS_HOST: "localhost",
      REDIS_PORT: String(port),
      REDIS_TLS: "true",
      REDIS_PASSWORD: AUTH,
      REDIS_CA_CERTIFICATE: ca.certificate,
      ...changes.variables,
    });
  }
  const PLAIN = { REDIS_TLS: "false" };

  test("of several, each is checked by its own variables, and a failure names its secret", async () => {
    const several = (variables: Variables) =>
      probe(encrypted.port, {
        plan: (draft) => {
          const { cache } = draft;
          draft.cache = undefined;
          draft.caches = [
            { ...cache, target: "cache-sessions", prefix: "SESSIONS_" },
            { ...cache, target: "cache-work", prefix: "WORK_" },
          ];
          draft.secrets = [
            { variable: "WORK_REDIS_PASSWORD", secret: "queue-auth", version: 2, holds: "text" },
          ];
        },
        variables: {
          SESSIONS_REDIS_HOST: "localhost",
          SESSIONS_REDIS_PORT: String(encrypted.port),
          SESSIONS_REDIS_TLS: "true",
          SESSIONS_REDIS_PASSWORD: AUTH,
          SESSIONS_REDIS_CA_CERTIFICATE: ca.certificate,
          ...variables,
        },
      });
    const probed = await several({
      WORK_REDIS_HOST: "localhost",
      WORK_REDIS_PORT: String(plain.port),
      WORK_REDIS_TLS: "false",
      WORK_REDIS_PASSWORD: "wrong-secret-91c2",
    });
    const passed = probed.results.filter(({ status }) => status === "passed").map(({ check }) => check);
    expect(passed.filter((check) => check.startsWith("cache-sessions/"))).toHaveLength(10);
    expect(probed.result("cache-work/auth")).toMatchObject({
      status: "failed",
      why: expect.stringContaining("secret queue-auth version 2 is not the AUTH string in force"),
    });
    expect(probed.result("cache-work/pool").status).toBe("skipped");
    expect(probed.code).toBe(16);
    const unset = await several({});
    expect(unset.code).toBe(2);
    expect(unset.stdout + unset.stderr).toContain(
      "WORK_REDIS_HOST, WORK_REDIS_PORT, WORK_REDIS_TLS are not set",
    );
  });

  test("of a cluster, each node that discovery names is asked", async () => {
    const ofCluster = (draft: Draft): void => {
      draft.cache.cluster = true;
    };
    const start = async (bus: number): Promise<RedisServer> => {
      const server = await startRedis({
        requirepass: AUTH,
        "cluster-enabled": "yes",
        "cluster-port": String(bus),
      });
      stops.push(() => server.stop());
      return server;
    };
    const bus = await freePort();
    const [one, two] = [await start(await freePort()), await start(bus)];
    const run = async (server: RedisServer, ...commands: string[][]): Promise<void> => {
      const redis = new Redis({ port: server.port, password: AUTH });
      for (const [name = "", ...values] of commands) await redis.call(name, ...values);
      redis.disconnect();
    };
    const nodes = async (): Promise<unknown> => {
      const probed = await probe(one.port, { plan: ofCluster, variables: PLAIN });
      return probed.result("cache/nodes");
    };
    await run(one, ["CLUSTER", "ADDSLOTSRANGE", "0", "8191"]);
    expect(await nodes()).toMatchObject({
      status: "failed",
      why: `localhost:${one.port}: slots 8192 to 16383 of the cluster have no node: keys in them are refused`,
    });
    await run(one, ["CLUSTER", "ADDSLOTSRANGE", "8192", "16383"]);
    await until(async () => ((await nodes()) as { status: string }).status === "passed");
    expect(await nodes()).toMatchObject({ why: "1 node answers for all 16384 slots" });
    await run(one, ["CLUSTER", "DELSLOTSRANGE", "8192", "16383"]);
    await run(two, ["CLUSTER", "ADDSLOTSRANGE", "8192", "16383"]);
    await run(one, ["CLUSTER", "MEET", "127.0.0.1", String(two.port), String(bus)]);
    await until(async () => ((await nodes()) as { status: string }).status === "passed");
    expect(await nodes()).toMatchObject({
      why: "2 nodes answer for all 16384 slots",
      measured: { answered: 2, nodes: 2 },
    });
    await two.stop();
    expect(await nodes()).toMatchObject({
      status: "failed",
      why: expect.stringMatching(
        new RegExp(
          `^1 of 2 nodes answer\\. 127\\.0\\.0\\.1:${two.port}: .*11000 to 13047.*\\(slots 8192 to 16383\\)$`,
        ),
      ),
      measured: { answered: 1, nodes: 2 },
    });
  });

  test("of Valkey, AUTH takes a token of the job's own account, and its address is in a range of its own", async () => {
    const metadata = createServer((request, response) => {
      const isAsked =
        request.url === "/computeMetadata/v1/instance/service-accounts/default/token" &&
        request.headers["metadata-flavor"] === "Google";
      response.statusCode = isAsked ? 200 : 404;
      response.end(isAsked ? JSON.stringify({ access_token: AUTH, expires_in: 3599 }) : "");
    }).listen(0, "127.0.0.1");
    await once(metadata, "listening");
    stops.push(() => new Promise((done) => metadata.close(done)));
    const { port } = metadata.address() as AddressInfo;
    const valkey = (variables: Variables) =>
      probe(encrypted.port, {
        plan: (draft) => {
          Object.assign(draft.cache, { engine: "valkey", iam: true, range: "127.0.0.0/29" });
          draft.cache.ports = { plain: 6379, tls: 6379 };
          draft.privateServices = "";
          draft.secrets = [];
        },
        variables: { REDIS_PASSWORD: "", ...variables },
      });
    const probed = await valkey({ GCE_METADATA_HOST: `127.0.0.1:${port}` });
    expect(probed.results.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(probed.result("cache/auth").why).toBe("AUTH with an access token of the service's account");
    expect(probed.result("cache/address").why).toBe(
      "127.0.0.1 lies in the range of Private Service Connect 127.0.0.0/29",
    );
    expect(probed.stdout).not.toContain(AUTH);
    const without = await valkey({ GCE_METADATA_HOST: `127.0.0.1:${port}/nothing` });
    expect(without.result("cache/auth").why).toContain("the metadata server gives no access token");
  });

  test("everything passes over TLS, verified by the CA alone", async () => {
    const probed = await probe(encrypted.port);
    expect(probed.results.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(probed.results.map(({ check }) => check).sort()).toEqual([
      "cache/address",
      "cache/auth",
      "cache/auth-missing",
      "cache/auth-wrong",
      "cache/name",
      "cache/ping",
      "cache/pool",
      "cache/tcp",
      "cache/tls",
      "cache/writable",
      "secrets/REDIS_PASSWORD",
      "settings/in-force",
    ]);
    expect(probed.result("cache/auth").why).toBe("AUTH with secret redis-auth version 4");
    expect(probed.result("cache/pool").measured).toEqual({ opened: 20, wanted: 20 });
    expect(probed.result("cache/ping").measured?.worstMilliseconds).toBeGreaterThan(0);
    expect(probed.code).toBe(0);
  });

  test("everything passes without TLS, where that is written", async () => {
    const probed = await probe(plain.port, { variables: PLAIN });
    expect(probed.results.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(probed.code).toBe(0);
  });

  test("a wrong AUTH string names the secret's version, and is not said", async () => {
    const probed = await probe(encrypted.port, { variables: { REDIS_PASSWORD: "stale-auth-77b1" } });
    expect(probed.result("cache/auth")).toMatchObject({
      status: "failed",
      fault: "infrastructure",
      why: `localhost:${encrypted.port}: AUTH wrong: secret redis-auth version 4 is not the AUTH string in force; it changes when AUTH is switched off and on`,
    });
    expect(probed.result("cache/pool").status).toBe("skipped");
    expect(probed.code).toBe(16);
    expect(probed.stdout).not.toContain("stale-auth");
  });

  test("AUTH that is asked for and not written is missing", async () => {
    const probed = await probe(plain.port, {
      plan: (plan) => {
        plan.cache.auth = false;
      },
      variables: PLAIN,
    });
    expect(probed.result("cache/auth").why).toContain("AUTH missing: Redis asks for it");
  });

  test("a server without AUTH, where AUTH is written", async () => {
    const open = await startRedis();
    stops.push(open.stop);
    const probed = await probe(open.port, { variables: PLAIN });
    expect(probed.result("cache/auth").why).toContain(
      "AUTH is off on the server, and secret redis-auth version 4 was sent",
    );
    expect(probed.code).toBe(16);
  });

  test("TLS spoken to the plain port, as after a forgotten change from 6379 to 6378", async () => {
    const probed = await probe(plain.port);
    const { why } = probed.result("cache/tls");
    expect(why).toContain("Redis listens on 6378 with TLS and on 6379 without; REDIS_TLS is true");
    expect(why).toMatch(/closed during the TLS handshake|plain port|handshake timed out/);
    expect(probed.code).toBe(14);
  });

  test("plain Redis spoken to the TLS port", async () => {
    const probed = await probe(encrypted.port, { variables: PLAIN });
    expect(probed.result("cache/auth").status).toBe("failed");
    expect(probed.result("cache/auth").why).toContain("Redis listens on 6378 with TLS and on 6379 without");
    expect(probed.code).toBe(16);
  });

  test("a pool beyond maxclients is named, with the budget", async () => {
    const small = await startRedis({ requirepass: AUTH, maxclients: "12" });
    stops.push(small.stop);
    const probed = await probe(small.port, { variables: PLAIN });
    const { why, measured } = probed.result("cache/pool");
    expect(why).toMatch(
      /of 20 connections at once: localhost:\d+: maxclients reached: no more connections are taken. Budget \d+ of 65000 clients/,
    );
    expect(measured?.opened).toBeLessThanOrEqual(12);
    expect(probed.code).toBe(16);
  });

  test("over TLS, where Redis cuts the connection without a word, maxclients is named all the same", async () => {
    const certificate = await serverCertificate(ca, { hosts: ["memorystore"] });
    const small = await startRedis({ requirepass: AUTH, maxclients: "8" }, certificate);
    stops.push(small.stop);
    expect((await probe(small.port)).result("cache/pool").why).toMatch(
      /[1-8] of 20 connections at once: localhost:\d+: maxclients reached/,
    );
  });

  test("a replica answers PING, and refuses the writes of the service", async () => {
    const replica = await startRedis({ requirepass: AUTH, replicaof: "127.0.0.1 1" });
    stops.push(replica.stop);
    const probed = await probe(replica.port, { variables: PLAIN });
    expect(probed.summary.failures.map(({ check, why }) => [check, why])).toEqual([
      ["cache/writable", `localhost:${replica.port}: this is a replica: the address is not the primary's`],
    ]);
    expect(probed.code).toBe(16);
  });

  test("a full memory that evicts nothing is told before the service writes", async () => {
    const full = await startRedis({
      requirepass: AUTH,
      maxmemory: "100kb",
      "maxmemory-policy": "noeviction",
    });
    stops.push(full.stop);
    const probed = await probe(full.port, { variables: PLAIN });
    expect(probed.result("cache/writable").why).toMatch(
      /the memory is full \(\d+ of 102400 bytes\) and maxmemory-policy is noeviction: every write is refused/,
    );
  });

  test("a secret with a line break is one cause: what needs it is skipped", async () => {
    const probed = await probe(encrypted.port, { variables: { REDIS_PASSWORD: `${AUTH}\n` } });
    expect(probed.summary).toMatchObject({ failed: 1, criticalCategories: ["secrets"], exitCode: 11 });
    expect(probed.result("cache/auth").why).toBe("not tried: secrets/REDIS_PASSWORD failed");
  });

  test("PINGs slower than written fail with the measured times", async () => {
    const probed = await probe(plain.port, {
      plan: (plan) => {
        Object.assign(plan.cache, { pings: 5, pingMilliseconds: 0, perInstance: 1 });
      },
      variables: PLAIN,
    });
    expect(probed.result("cache/ping").why).toMatch(/5 PINGs: median .* ms, worst .* ms \(limit 0 ms\)/);
    expect(probed.result("cache/pool").status).toBe("skipped");
  });

  test("a Redis that pauses its clients is bounded", async () => {
    const paused = await startRedis({ requirepass: AUTH });
    stops.push(paused.stop);
    const admin = new Redis({ host: "127.0.0.1", port: paused.port, password: AUTH });
    await admin.call("CLIENT", "PAUSE", "60000", "ALL");
    admin.disconnect();
    const probed = await probe(paused.port, {
      plan: (plan) => {
        Object.assign(plan.seconds, { connect: 10, request: 0.3 });
      },
      variables: PLAIN,
    });
    expect(probed.result("cache/auth")).toMatchObject({
      status: "failed",
      why: `localhost:${paused.port}: no answer within 0.3 s: it takes connections, and hangs or is overloaded`,
    });
  });

  test("a stopped Redis is refused, and the sentence names the ports", async () => {
    const gone = await startRedis();
    await gone.stop();
    const probed = await probe(gone.port);
    expect(probed.result("cache/tcp").why).toBe(
      `localhost:${gone.port}: refused: nothing listens there, or wrong port. Redis listens on 6378 with TLS and on 6379 without; REDIS_TLS is true`,
    );
    expect(probed.summary).toMatchObject({ failed: 1, criticalCategories: ["network"], exitCode: 13 });
  });
});
