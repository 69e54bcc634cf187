import { afterEach, expect, test } from "@jest/globals";
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
  expect(here.train().stop).toMatchObject({
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
