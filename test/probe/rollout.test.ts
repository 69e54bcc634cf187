import type { IncomingMessage } from "node:http";
import { createServer, type RequestListener } from "node:http";
import type { Duplex } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { type WebSocket, WebSocketServer } from "ws";
import { type Bundle, bundleProbe, type Probed, probePlan } from "../support/probe.ts";
import { listen } from "../support/servers/ports.ts";

const EXPECTED = { service: "api", cloudRunService: "staging-api", inForce: [], dependencies: [] };
const HEALTH = { contract: 1, service: "staging-api", status: "healthy", inForce: {}, dependencies: {} };

interface Served {
  readonly answer?: RequestListener;
  /** What becomes of an upgrade. @default refused with 404 */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

describe("the probe as the gate and the watch of a rollout", () => {
  let bundle: Bundle;
  const stops: (() => void)[] = [];
  beforeAll(() => {
    bundle = bundleProbe();
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });
  afterAll(() => bundle?.remove());

  async function serve({ answer = (_, response) => response.end("ok"), upgrade }: Served): Promise<string> {
    const server = createServer(answer);
    if (upgrade !== undefined) server.on("upgrade", upgrade);
    stops.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `127.0.0.1:${await listen(server)}`;
  }

  const probe = (variables: Record<string, string>): Promise<Probed> =>
    bundle.run({
      PREFLIGHT_PLAN: JSON.stringify(
        probePlan((plan) => {
          plan.database = undefined;
          plan.cache = undefined;
        }),
      ),
      PREFLIGHT_ONLY: "contract",
      ...variables,
    });

  const gate = (host: string, more: object = {}): Promise<Probed> =>
    probe({
      PREFLIGHT_CONTRACTS: JSON.stringify([
        { service: "api", url: `http://${host}/health/infrastructure`, expected: EXPECTED, ...more },
      ]),
    });

  const tells =
    (revision: string): RequestListener =>
    (_, response) =>
      response.end(JSON.stringify({ ...HEALTH, revision }));

  /** A server of WebSockets; `open` may misbehave. */
  const sockets = (open: (socket: WebSocket) => void = () => {}): Served => {
    const server = new WebSocketServer({ noServer: true });
    stops.push(() => {
      for (const client of server.clients) client.terminate();
    });
    return { upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, open) };
  };

  test("an old revision that answers at the tag is told apart from the new one", async () => {
    const host = await serve({ answer: tells("staging-api-1") });
    expect((await gate(host, { revision: "staging-api-1" })).code).toBe(0);
    const { code, result } = await gate(host, { revision: "staging-api-2" });
    expect(code).toBe(20);
    expect(result("contract/api")).toMatchObject({
      status: "failed",
      why: `http://${host}/health/infrastructure: revision staging-api-1 answers where staging-api-2 is expected: the tag does not lead to the new revision`,
    });
  });

  test("a front end that does not let the probe in is no fault of the revision", async () => {
    const host = await serve({
      answer: (_, response) => {
        response.statusCode = 404;
        response.end("<title>404 Page not found</title>");
      },
    });
    const { result } = await gate(host, { revision: "staging-api-2" });
    expect(result("contract/api")).toMatchObject({
      status: "failed",
      fault: "infrastructure",
      why: expect.stringContaining("does not let the probe in"),
    });
    expect((await gate(host)).result("contract/api").fault).toBe("application");
  });

  test("a WebSocket must open, echo a ping and close", async () => {
    const answer = tells("staging-api-1");
    const why = async (served: Served): Promise<string> => {
      const host = await serve({ answer, ...served });
      const { result } = await gate(host, { webSocket: `ws://${host}/ws` });
      const { status, why } = result("web-socket/api");
      return `${status}: ${why.replace(`ws://${host}/ws`, "WS").replace(/[\d.]+ ms/, "N ms")}`;
    };
    expect(await why(sockets())).toBe("passed: WS: opened, echoed a ping and closed after N ms");
    expect(await why({ upgrade: (_, socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n") })).toBe(
      "failed: WS: HTTP 403 instead of 101",
    );
    expect(await why(sockets((socket) => socket.close(1011)))).toBe(
      "failed: WS: closed with 1011 before it answered a ping",
    );
  });

  /** One request, whose answer may take as long as a busy machine needs. */
  const watch = (host: string): Promise<Probed> => {
    const samples = { perSecond: 1, seconds: 1, answer: 60, slow: 60, outage: 60 };
    return probe({
      PREFLIGHT_ID: "soak-1",
      PREFLIGHT_SAMPLES: JSON.stringify([{ name: "candidate", url: `http://${host}/health`, ...samples }]),
    });
  };

  test("an address that is sampled is a check with the id of the execution", async () => {
    const host = await serve({});
    const { code, result } = await watch(host);
    expect(code).toBe(0);
    expect(result("samples/candidate")).toMatchObject({
      id: "soak-1",
      status: "passed",
      measured: { requests: 1, failures: 0 },
    });
  });

  test("what is written wrongly is refused, and says what is allowed", async () => {
    const { code, stderr } = await probe({ PREFLIGHT_SAMPLES: '[{"name":"candidate","url":"/health"}]' });
    expect([code, stderr]).toEqual([
      2,
      "PREFLIGHT_SAMPLES must be a JSON list of { name, url, perSecond, seconds, answer, slow, outage }.\n",
    ]);
  });
});
