import { mkdtempSync, rmSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "@jest/globals";
import { WebSocketServer } from "ws";
import { requestJson } from "../../http/json-request.ts";
import { cacheContexts } from "../../probe/cache-context.ts";
import type { Context } from "../../probe/check.ts";
import { get } from "../../probe/clients/https.ts";
import { openSession } from "../../probe/clients/postgres.ts";
import { command, openRedis } from "../../probe/clients/redis.ts";
import { roundTrip } from "../../probe/clients/web-socket.ts";
import { databaseContexts } from "../../probe/database-context.ts";
import { postgresFailure } from "../../probe/why/postgres.ts";
import { redisFailure } from "../../probe/why/redis.ts";
import { probePlan } from "../support/probe.ts";

const { signal } = new AbortController();
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

describe("a server in place of the database", () => {
  test("gets no password where nobody can verify it: nothing is even opened", async () => {
    let connections = 0;
    const server = net.createServer(() => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ends.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const plan = probePlan();
    const whole = {
      plan: { ...plan, database: plan.database && { ...plan.database, via: "private-ip" } },
      variables: { POSTGRES_HOST: "127.0.0.1", POSTGRES_PORT: String(port), POSTGRES_PASSWORD: "secret" },
    } as unknown as Context;
    const [context] = databaseContexts(whole);
    if (context === undefined) throw new Error("the plan has no database");
    const error = await openSession(context, signal).catch((reason: unknown) => reason);
    expect(connections).toBe(0);
    const place = { where: "127.0.0.1:5432", reach: "private", listens: "" } as const;
    expect(postgresFailure(error, context, place).why).toMatch(
      /^127\.0\.0\.1:5432: nobody can verify the server, because POSTGRES_CA_CERTIFICATE is missing, so no password was sent: /,
    );
  });
});

/** Listens on a port or a Unix socket, and answers the first bytes with these, and then with zeros without end. */
async function endless(first: string | Buffer, at: number | string = 0): Promise<number> {
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write(first);
      const zeros = Buffer.alloc(64 * 1024);
      const more = (): void => {
        while (!socket.destroyed && socket.write(zeros));
      };
      socket.on("drain", more);
      more();
    });
  });
  await new Promise<void>((resolve) =>
    server.listen({ host: "127.0.0.1", ...(typeof at === "string" ? { path: at } : { port: at }) }, () =>
      resolve(),
    ),
  );
  server.unref();
  ends.push(() => server.close());
  return typeof at === "string" ? 0 : (server.address() as AddressInfo).port;
}

/** The kind: an answer without end, of whatever is asked. */
describe("an answer without end is given up, and fills no memory", () => {
  const plan = probePlan();
  const context = (variables: object): Context => ({ plan, variables }) as unknown as Context;
  const place = { where: "there", reach: "private", listens: "is it the one that is written?" } as const;
  const why =
    "there: it sends more than 1 MB where a few bytes were asked for: is it the one that is written?";

  test("of Redis", async () => {
    const port = await endless("$1000000000\r\n");
    const [given] = cacheContexts(context({ REDIS_HOST: "127.0.0.1", REDIS_PORT: String(port) }));
    if (given === undefined) throw new Error("the plan has no Redis");
    const redis = await openRedis(given, signal);
    const error = await command(redis, "PING").catch((reason: unknown) => reason);
    expect(redisFailure(error, given, place).why).toBe(why);
  });

  test("of PostgreSQL", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "probe-"));
    ends.push(() => rmSync(folder, { recursive: true }));
    const row = Buffer.from([0x44, 0x3f, 0xff, 0xff, 0xff]);
    await endless(row, path.join(folder, ".s.PGSQL.5432"));
    const [given] = databaseContexts(context({ POSTGRES_HOST: folder, POSTGRES_PORT: "5432" }));
    if (given === undefined) throw new Error("the plan has no database");
    const error = await openSession(given, signal).catch((reason: unknown) => reason);
    expect(postgresFailure(error, given, place).why).toBe(why);
  });

  test("of HTTP, as of ClickHouse", async () => {
    const port = await endless("HTTP/1.1 200 OK\r\n\r\n");
    const answer = await get(new URL(`http://127.0.0.1:${port}/`), 30, signal);
    expect([answer.cut, answer.body.length < 2 ** 18]).toEqual([true, true]);
  });

  test("of an API, also one that is packed", async () => {
    const packed = gzipSync(Buffer.alloc(70 * 1024 * 1024));
    for (const first of [
      "HTTP/1.1 200 OK\r\n\r\n",
      "HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n",
      Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n"), packed]),
    ]) {
      const url = `http://127.0.0.1:${await endless(first)}/`;
      const request = { method: "GET", url, headers: {}, timeout: 30_000, retries: 3 } as const;
      const asked = requestJson({ ...request, isRetryable: () => true, sleep: async () => {} }, signal);
      await expect(asked).rejects.toThrow("the response is larger than 64 MB");
    }
  });
});

describe("a WebSocket server", () => {
  test("cannot unpack a small message into a huge one, nor send a huge one", async () => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: true });
    ends.push(() => server.close());
    let extensions: string | undefined = "none asked";
    server.on("connection", (socket, request) => {
      extensions = request.headers["sec-websocket-extensions"];
      socket.on("error", () => {});
      socket.send(Buffer.alloc(50 * 1024 * 1024));
    });
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await expect(roundTrip(new URL(`ws://127.0.0.1:${port}/`), 30, signal)).rejects.toThrow(
      "Max payload size exceeded",
    );
    expect(extensions).toBeUndefined();
  });
});
