import { createServer, type RequestListener } from "node:http";
import { afterEach, expect, test } from "@jest/globals";
import { WebSocketServer } from "ws";
import type { Context, SampledAddress } from "../../probe/check.ts";
import { sampleChecks } from "../../probe/checks/samples.ts";
import { listen } from "../support/servers/ports.ts";
import { holdTime } from "../support/time/held.ts";
import { until } from "../support/time/wait.ts";

const time = holdTime();
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Twenty requests in a second to a server on loopback. */
async function sampling(answer: RequestListener, change: Partial<SampledAddress> = {}) {
  const server = createServer(answer);
  const sockets = new WebSocketServer({ server });
  const host = `127.0.0.1:${await listen(server)}`;
  stops.push(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
  });
  const address: SampledAddress = {
    name: "candidate",
    url: `http://${host}/health`,
    perSecond: 20,
    seconds: 1,
    answer: 5,
    slow: 3,
    outage: 10,
    webSocket: `ws://${host}/ws`,
    ...change,
  };
  const [check] = sampleChecks({ samples: [address] } as unknown as Context);
  if (check === undefined) throw new Error("no check");
  return check.run(new AbortController().signal);
}

test("an address is asked at a steady rate, and what is wrong with it is counted", async () => {
  let asked = 0;
  const outcome = sampling((_, response) => {
    asked += 1;
    response.statusCode = asked % 4 === 0 ? 503 : 200;
    response.end();
  });
  await until(() => asked === 1);
  await time.pass(1000);
  expect(await outcome).toMatchObject({
    status: "passed",
    why: expect.stringMatching(/20 requests, 5 failed, 0 slower than 3 s.*last failure: HTTP 503$/),
    measured: { requests: 20, failures: 5, slow: 0, sockets: 1, socketFailures: 0 },
  });
});

test("a slow answer is counted as slow, and does not slow the rate down", async () => {
  const waiting: (() => void)[] = [];
  const outcome = sampling((_, response) => void waiting.push(() => response.end()), { slow: 0.2 });
  await until(() => waiting.length === 1);
  await time.pass(1000);
  await until(() => waiting.length === 20);
  await time.pass(200);
  for (const answer of waiting) answer();
  expect((await outcome).measured).toMatchObject({ requests: 20, failures: 0, slow: 20 });
});

test("an outage ends it at once: nobody waits for the rest of the time", async () => {
  let asked = 0;
  let done = false;
  const outcome = sampling(
    (request) => {
      asked += 1;
      request.socket.destroy();
    },
    { seconds: 3600, outage: 0.5 },
  );
  void outcome.then(() => {
    done = true;
  });
  for (let next = 1; !done; next += 1) {
    await until(() => done || asked >= next);
    await time.pass(50);
  }
  const { status, measured } = await outcome;
  expect(status).toBe("failed");
  expect(measured?.failures).toBe(measured?.requests);
  expect(measured?.requests).toBeLessThan(3600 * 20);
});
