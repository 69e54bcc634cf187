import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { WebSocketServer } from "ws";
import type { Context } from "../../probe/check.ts";
import { openSession } from "../../probe/clients/postgres.ts";
import { roundTrip } from "../../probe/clients/web-socket.ts";
import { postgresFailure } from "../../probe/why/postgres.ts";
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
    const context = {
      plan: { ...plan, database: plan.database && { ...plan.database, via: "private-ip" } },
      variables: { POSTGRES_HOST: "127.0.0.1", POSTGRES_PORT: String(port), POSTGRES_PASSWORD: "secret" },
    } as unknown as Context;
    const error = await openSession(context, signal).catch((reason: unknown) => reason);
    expect(connections).toBe(0);
    const place = { where: "127.0.0.1:5432", reach: "private", listens: "" } as const;
    expect(postgresFailure(error, context, place).why).toMatch(
      /^127\.0\.0\.1:5432: nobody can verify the server, because POSTGRES_CA_CERTIFICATE is missing, so no password was sent: /,
    );
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
