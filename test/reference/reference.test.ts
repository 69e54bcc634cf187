import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { compareHealth } from "../../platform/health/health-difference.ts";
import { platformPlan } from "../../platform/plan.ts";
import { environment } from "../support/environments.ts";
import { describeWith, program } from "../support/programs.ts";
import { ROOT } from "../support/project.ts";
import { startHttps } from "../support/servers/https.ts";
import { freePort } from "../support/servers/ports.ts";
import { type PostgresServer, startPostgres } from "../support/servers/postgres.ts";
import { type RedisServer, startRedis } from "../support/servers/redis.ts";
import { until } from "../support/time/wait.ts";

const subject = environment((draft) => {
  Object.assign(draft.deadlines, {
    databaseStatement: 17,
    socketConnect: 33,
    poolIdle: 240,
    shutdownGrace: 8,
  });
  Object.assign(draft.services[1], { requestTimeout: 1234, cache: { pool: 7 } });
  Object.assign(draft.services[1].database, { pool: 4, overflow: 9 });
});
const backend = subject.services.find(({ name }) => name === "backend");
if (backend === undefined) throw new Error("staging has no backend");
const expected = platformPlan(subject).expectedHealth(backend);
const judge = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(readFileSync(path.join(ROOT, "docs/health-infrastructure.schema.json"), "utf8")),
);

/** A venv outside the project, made once for each requirements.txt. */
function python(): string {
  const requirements = path.join(ROOT, "reference/fastapi/requirements.txt");
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const folder = path.join(
    process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"),
    "single-source-platform",
  );
  const venv = path.join(folder, `reference-${hash}`);
  const done = path.join(venv, "complete");
  if (!existsSync(done)) {
    mkdirSync(folder, { recursive: true });
    execFileSync(program("python3"), ["-m", "venv", "--clear", venv]);
    execFileSync(path.join(venv, "bin/pip"), ["install", "--quiet", "--requirement", requirements], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    mkdirSync(done);
  }
  return path.join(venv, "bin/python");
}

const REFERENCE = path.join(ROOT, "reference");
const services = {
  node: (folder: string) => [
    path.join(ROOT, "node_modules/node/bin/node"),
    path.join(folder, "node/server.ts"),
  ],
  fastapi: (folder: string) => [python(), path.join(folder, "fastapi/main.py")],
} as const;

/** What somebody writes by hand where the contract's number stands. */
const byHand = {
  node: [
    ["node/dependencies.ts", "initialize(contract.initAttempts, contract.initTimeout)", "initialize(4, 20)"],
    ["node/dependencies.ts", "min: contract.poolSize", "min: 5"],
    ["node/server.ts", "requestTimeout: contract.requestTimeout * 1000", "requestTimeout: 300_000"],
    ["node/server.ts", "grace: contract.shutdownGrace", "grace: 1"],
    ["node/dependencies.ts", "length: contract.poolSize", "length: 2"],
  ],
  fastapi: [
    [
      "fastapi/dependencies.py",
      "self._attempt(self._database.init_attempts, self._database.init_timeout)",
      "self._attempt(4, 20)",
    ],
    ["fastapi/dependencies.py", "pool_size=database.pool_size", "pool_size=5"],
    ["fastapi/dependencies.py", "max_overflow=database.max_overflow", "max_overflow=8"],
    [
      "fastapi/main.py",
      "app.state.request_timeout = contract.request_timeout",
      "app.state.request_timeout = 300",
    ],
    [
      "fastapi/main.py",
      "timeout_graceful_shutdown=int(contract.shutdown_grace)",
      "timeout_graceful_shutdown=1",
    ],
    ["fastapi/dependencies.py", "max_connections=cache.pool_size", "max_connections=2"],
  ],
} as const;

/** A copy of the reference services in which those numbers are written. */
function changedByHand(kind: keyof typeof services): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "reference-"));
  cpSync(REFERENCE, folder, { recursive: true });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "package.json"), '{"type":"module"}');
  for (const [file, written, instead] of byHand[kind]) {
    const text = readFileSync(path.join(folder, file), "utf8");
    expect(text).toContain(written);
    writeFileSync(path.join(folder, file), text.replace(written, instead));
  }
  return folder;
}

describeWith(["postgres", "initdb", "redis-server", "python3"], "services to copy keep the contract", () => {
  let postgres: PostgresServer;
  let redis: RedisServer;
  const ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    postgres = await startPostgres();
    redis = await startRedis();
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  afterAll(async () => {
    await redis.stop();
    await postgres.remove();
  });

  /** Starts a service with the contract's own variables, whose addresses alone are those of this machine. */
  async function start(
    kind: keyof typeof services,
    change: Record<string, string | undefined> = {},
    folder = REFERENCE,
  ) {
    const called = await startHttps(undefined, (_, response) => response.end("ok"));
    const port = await freePort();
    const variables = platformPlan(subject)
      .contract(backend as NonNullable<typeof backend>)
      .map(({ name, from }) => [name, "value" in from ? from.value : "secret"]);
    const [command = "", ...args] = services[kind](folder);
    const child = spawn(command, [...args, "auth", "clickhouse"], {
      env: {
        PATH: process.env.PATH,
        ...Object.fromEntries(variables),
        K_SERVICE: expected.cloudRunService,
        K_REVISION: `${expected.cloudRunService}-00001-abc`,
        PORT: String(port),
        POSTGRES_HOST: "127.0.0.1",
        POSTGRES_PORT: String(postgres.port),
        POSTGRES_DB: "postgres",
        POSTGRES_USER: "admin",
        POSTGRES_PASSWORD: postgres.password,
        REDIS_HOST: "127.0.0.1",
        REDIS_PORT: String(redis.port),
        REDIS_TLS: "false",
        REDIS_PASSWORD: undefined,
        AUTH_URL: `http://127.0.0.1:${called.port}`,
        CLICKHOUSE_URL: `http://127.0.0.1:${called.port}`,
        ...change,
      },
    });
    let output = "";
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (output += part));
    const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
    ends.push(async () => {
      child.kill("SIGTERM");
      await exit;
      await called.stop();
    });
    const ask = async () => {
      const response = await until(() => {
        if (child.exitCode !== null) throw new Error(`${kind} ended: ${output}`);
        return fetch(`http://127.0.0.1:${port}/health/infrastructure`).catch(() => undefined);
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    return { ask, exit, called, child, output: () => output };
  }

  test.each(["node", "fastapi"] as const)(
    "%s says what is in force, and it is what is written",
    async (kind) => {
      const { ask } = await start(kind);
      const { status, body } = await ask();
      expect([judge(body), judge.errors]).toEqual([true, null]);
      expect(compareHealth(expected, body, status)).toEqual([]);
      expect(status).toBe(200);
    },
  );

  test.each(["node", "fastapi"] as const)("%s answers 503 and says what is down", async (kind) => {
    const { ask, called } = await start(kind);
    await ask();
    await called.stop();
    const { status, body } = await ask();
    expect(judge(body)).toBe(true);
    expect(compareHealth(expected, body, status).map(({ name, fault }) => [name, fault])).toEqual([
      ["auth", "application"],
      ["clickhouse", "infrastructure"],
    ]);
    expect(status).toBe(503);
  });

  test.each(["node", "fastapi"] as const)(
    "%s tells a session that has another timeout than the one given",
    async (kind) => {
      const { ask } = await start(kind, { DATABASE_STATEMENT_TIMEOUT_SECONDS: "20" });
      expect(compareHealth(expected, (await ask()).body, 200).map(({ sentence }) => sentence)).toEqual([
        "database statement: 20 s in force where 17 s is written",
      ]);
    },
  );

  test.each(["node", "fastapi"] as const)("%s tells numbers that somebody wrote by hand", async (kind) => {
    const folder = changedByHand(kind);
    const { ask } = await start(kind, {}, folder);
    const { body, status } = await ask();
    rmSync(folder, { recursive: true });
    expect(compareHealth(expected, body, status).map(({ sentence }) => sentence)).toEqual([
      "request timeout: 300 s in force where 1234 s is written",
      "shutdown grace: 1 s in force where 8 s is written",
      "database initialization: 20 s in force where 75 s is written",
      "database initialization attempts: 4 attempts in force where 3 attempts is written",
      "database pool: 5 connections in force where 4 connections is written",
      "database overflow: 8 connections in force where 9 connections is written",
      "Redis pool: 2 connections in force where 7 connections is written",
    ]);
  });

  test.each(["node", "fastapi"] as const)("%s does not start without an address it calls", async (kind) => {
    const { exit, output } = await start(kind, { CLICKHOUSE_URL: undefined });
    expect(await exit).toBe(1);
    expect(output()).toContain("The platform did not hand over: CLICKHOUSE_URL.");
  });

  test.each(["node", "fastapi"] as const)("%s does not start without a number", async (kind) => {
    const { exit, output } = await start(kind, { DATABASE_POOL_SIZE: undefined });
    expect(await exit).toBe(1);
    expect(output()).toContain("The platform did not hand over: DATABASE_POOL_SIZE");
  });

  test.each(["node", "fastapi"] as const)(
    "%s exits with 3 where the database stays away, and names no password",
    async (kind) => {
      const gone = String(await freePort());
      const { exit, output } = await start(kind, { POSTGRES_PORT: gone, DATABASE_INIT_ATTEMPTS: "2" });
      expect(await exit).toBe(3);
      expect(output()).toContain("database initialization 2 of 2");
      expect(output()).not.toContain(postgres.password);
    },
  );

  test.each(["node", "fastapi"] as const)("%s ends in good order on SIGTERM", async (kind) => {
    const { ask, child, exit } = await start(kind);
    await ask();
    child.kill("SIGTERM");
    const code = await exit;
    // uvicorn drains, and then ends by the signal that it was sent.
    expect([code, child.signalCode]).toEqual(kind === "node" ? [0, null] : [null, "SIGTERM"]);
  });
});
