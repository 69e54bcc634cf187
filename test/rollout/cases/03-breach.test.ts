import { afterEach, describe, expect, test } from "@jest/globals";
import type { Behaviour } from "../../support/cloud/cloud-run.ts";
import { type World, world } from "../../support/cloud/world.ts";

let here: World | undefined;
afterEach(() => here?.stop());

const from =
  (step: number, share: number) =>
  (percent: number): number =>
    percent >= step ? share : 0;

const errors = (step: number): Behaviour => ({ errors: from(step, 0.1) });
const cases: [string, number, Behaviour][] = [
  ["errors at 5 %", 5, errors(5)],
  ["errors at 25 %", 25, errors(25)],
  ["errors at 50 %", 50, errors(50)],
  ["errors in the soak of 100 %", 100, errors(100)],
  ["slow answers at 5 %", 5, { slow: from(5, 0.3) }],
  ["slow answers in the soak of 100 %", 100, { slow: from(100, 0.3) }],
  ["an outage at 25 %", 25, { errors: from(25, 1) }],
];
describe("a breach", () => {
  test.each(cases)(
    "of %s takes everything back to stable, and nothing behind it starts",
    async (_, step, behaviour) => {
      here = await world({ auth: [behaviour] });
      const { outcome } = await here.roll();
      expect(outcome).toBe("rolled back");
      expect(here.rollout().stop?.reason).toBe("breach");
      expect(Math.max(...here.moves("auth"))).toBe(step);
      expect(here.moves("auth").at(-1)).toBe(0);
      expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
      expect(here.ledger().services.auth).toMatchObject({
        stable: here.stable("auth"),
        blocked: [{ revision: "staging-auth-00002-b" }],
      });
      for (const name of ["backend", "frontend"]) expect(here.service(name).revisions).toHaveLength(1);
    },
  );
});

test("between the question that shows the breach and the way back stands one look at the service", async () => {
  here = await world({ auth: [{ errors: from(25, 0.1) }] });
  await here.roll(["auth"]);
  const { asked } = here.cloud;
  const writes = asked.flatMap(({ method, path }, index) =>
    method === "PATCH" && path.includes("staging-auth") ? [index] : [],
  );
  const back = writes.at(-1) ?? 0;
  const before = asked.slice(0, back);
  const measured = before.findLastIndex(
    ({ path }) => path.endsWith("/timeSeries") || path.endsWith("entries:list"),
  );
  const between = asked
    .slice(measured + 1, back)
    .map(({ method, path }) => `${method} ${path.split("/services/")[1]}`);
  expect(new Set(between)).toEqual(
    new Set([
      "GET staging-auth",
      "GET staging-auth/revisions/staging-auth-00001-a",
      "GET staging-auth/revisions/staging-auth-00002-b",
    ]),
  );
  expect(asked[back]?.at).toBe(asked[measured]?.at);
});

test("an outage is seen by own probes long before Cloud Monitoring has it", async () => {
  here = await world({ auth: [{ errors: from(25, 1) }] }, { interval: 60_000 });
  await here.roll(["auth"]);
  const moves = here.cloud.asked.filter(({ query }) => query.has("updateMask"));
  const [, broken, back] = moves;
  expect((back?.at ?? 0) - (broken?.at ?? 0)).toBeLessThanOrEqual(180_000);
  expect(here.cloud.users.lag).toBe(180_000);
});

test("where stable is just as bad the cause is elsewhere: nothing flaps, and it ends at the deadline", async () => {
  const sick = { errors: () => 0.2 };
  here = await world({ auth: [sick] });
  const [first] = here.service("auth").revisions;
  Object.assign(first ?? {}, { behaviour: sick });
  const { outcome } = await here.roll(["auth"]);
  expect(outcome).toBe("rolled back");
  expect(here.rollout().stop?.reason).toBe("inconclusive");
  expect(here.moves("auth")).toEqual([5, 0]);
});
