import { afterEach, expect, test } from "@jest/globals";
import { openConnections } from "../../../rollout-adapters/open-connections.ts";
import { type World, world } from "../../support/cloud/world.ts";
import type { Draft } from "../../support/environments.ts";

let here: World | undefined;
afterEach(() => here?.stop());

/** Staging's backend holds WebSockets at this address. */
const change = (draft: Draft): void => {
  draft.validation = { webSocket: { host: "staging.netrasystems.ai", path: "/ws" } };
};
// Session affinity overrides a split, so such a service goes to 100 at once.
const steps = [100];

test("an upgrade that the candidate alone refuses stops at the gate", async () => {
  here = await world({ backend: [{ webSocket: false }] }, { change });
  const { outcome, why } = await here.roll(["backend"], { steps });
  expect([outcome, why]).toEqual(["stopped", "web-socket/backend: HTTP 404 instead of 101"]);
  expect(here.moves("backend")).toEqual([]);
});

test("an upgrade that breaks through the load balancer alone is a breach", async () => {
  here = await world({ backend: [{ balancerWebSocket: false }] }, { change });
  const { outcome } = await here.roll(["backend"], { steps });
  expect(outcome).toBe("rolled back");
  expect(here.rollout().stop).toMatchObject({
    reason: "breach",
    why: expect.stringMatching(/through the load balancer: \d+ broken WebSockets of \d+/),
  });
  expect(here.moves("backend")).toEqual([100, 0]);
});

test("sockets that last an hour do not spoil the 95th percentile", async () => {
  here = await world({}, { change });
  here.cloud.users.socketsPerMinute = 200;
  expect((await here.roll(["backend"], { steps })).outcome).toBe("completed");
});

test("the watch opens sockets at the tag and through the load balancer", async () => {
  here = await world({}, { change });
  await here.roll(["backend"], { steps });
  const run = here.cloud.asked.find(
    ({ path, body }) => path.endsWith(":run") && JSON.stringify(body).includes("PREFLIGHT_SAMPLES"),
  );
  const text = JSON.stringify(run?.body);
  expect(text).toContain("wss://candidate---netra-backend-staging-fake.a.run.app/ws");
  expect(text).toContain("wss://staging.netrasystems.ai/ws");
});

test("sockets that stay on the revision that was taken back are counted, and it is said when they end", async () => {
  here = await world({ backend: [{ slow: () => 0.5 }] }, { change });
  here.cloud.users.socketsPerMinute = 30;
  expect((await here.roll(["backend"], { steps })).outcome).toBe("rolled back");
  const left = () => openConnections(at.environment, at.google, at.ledger(), new AbortController().signal);
  const at = here;
  expect(await left()).toEqual([
    expect.stringMatching(/^backend: how many .* on netra-backend-staging-00002-b is not measured yet/),
  ]);
  const without = { ...at.environment, services: [] };
  expect(await openConnections(without, at.google, at.ledger(), new AbortController().signal)).toEqual([]);
  here.clock.now += 300_000;
  expect(await left()).toEqual([
    expect.stringMatching(
      /^backend: up to \d{2,} requests and WebSockets were still open on netra-backend-staging-00002-b at .*Z; Cloud Run ends them by .*Z \(requestTimeout\)$/,
    ),
  ]);
  here.clock.now += 2 * 3_600_000;
  expect(await left()).toEqual([]);
});
