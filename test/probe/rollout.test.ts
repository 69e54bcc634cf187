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

  const watch = (host: string, more: object = {}): Promise<Probed> =>
    probe({
      PREFLIGHT_ID: "soak-1",
      PREFLIGHT_SAMPLES: JSON.stringify([
        {
          name: "candidate",
          url: `http://${host}/health`,
          perSecond: 20,
          seconds: 1,
          answer: 5,
          slow: 3,
          outage: 10,
          ...more,
        },
      ]),
    });

  test("an address is asked at a steady rate, and what is wrong with it is counted", async () => {
    let asked = 0;
    const host = await serve({
      ...sockets(),
      answer: (_, response) => {
        asked += 1;
        response.statusCode = asked % 4 === 0 ? 503 : 200;
        response.end();
      },
    });
    const { code, result } = await watch(host, { webSocket: `ws://${host}/ws` });
    expect(code).toBe(0);
    expect(result("samples/candidate")).toMatchObject({
      id: "soak-1",
      status: "passed",
      why: expect.stringMatching(/20 requests, 5 failed, 0 slower than 3 s.*last failure: HTTP 503$/),
      measured: { requests: 20, failures: 5, slow: 0, sockets: 1, socketFailures: 0 },
    });
  });

  test("a slow answer is counted as slow, and does not slow the rate down", async () => {
    const host = await serve({ answer: (_, response) => void setTimeout(() => response.end(), 300) });
    const { result } = await watch(host, { slow: 0.2 });
    expect(result("samples/candidate").measured).toMatchObject({ requests: 20, failures: 0, slow: 20 });
  });

  test("an outage ends the watch at once: nobody waits for the rest of the time", async () => {
    const host = await serve({ answer: (request) => request.socket.destroy() });
    const { code, result } = await watch(host, { seconds: 50, outage: 0.5 });
    expect(code).toBe(20);
    const { status, seconds, measured } = result("samples/candidate");
    expect(status).toBe("failed");
    expect(seconds).toBeLessThan(40);
    expect(measured?.failures).toBe(measured?.requests);
  });

  test("what is written wrongly is refused, and says what is allowed", async () => {
    const { code, stderr } = await probe({ PREFLIGHT_SAMPLES: '[{"name":"candidate","url":"/health"}]' });
    expect([code, stderr]).toEqual([
      2,
      "PREFLIGHT_SAMPLES must be a JSON list of { name, url, perSecond, seconds, answer, slow, outage }.\n",
    ]);
  });
});
