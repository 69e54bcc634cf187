import { afterEach, expect, test } from "@jest/globals";
import { template, type World, world } from "../../support/cloud/world.ts";

let here: World | undefined;
afterEach(() => here?.stop());

const sick = { errors: (percent: number) => (percent >= 5 ? 0.5 : 0) };

test("a breach of the second service undoes the first one too, last in first out; the third never starts", async () => {
  here = await world({ backend: [sick] });
  const { outcome } = await here.roll();
  expect(outcome).toBe("rolled back");
  expect(here.moves("backend")).toEqual([5, 0]);
  expect(here.moves("auth")).toEqual([5, 25, 50, 100, 100, 0]);
  for (const name of ["auth", "backend"]) {
    expect(here.shares(name)).toEqual({ [here.stable(name)]: 100 });
    expect(here.ledger().services[name]?.stable).toBe(here.stable(name));
  }
  expect(here.service("frontend").revisions).toHaveLength(1);
  const back = here.cloud.asked
    .filter(
      ({ query, body }) => query.has("updateMask") && JSON.stringify(body).includes('00001-a","percent":100'),
    )
    .map(({ path }) => path.split("/").at(-1));
  expect(back).toEqual(["netra-backend-staging", "staging-auth"]);
});

test("a candidate with which its consumers of before do not get along goes back, however well it answers itself", async () => {
  here = await world({ auth: [{ breaksConsumers: (percent) => percent >= 25 }] });
  const { outcome } = await here.roll();
  expect(outcome).toBe("rolled back");
  expect(here.rollout().stop?.why).toMatch(/^backend, which calls it, fails: what it calls is down/);
  expect(here.moves("auth")).toEqual([5, 25, 0]);
});

test("a consumer that was broken before says nothing about the candidate", async () => {
  here = await world({ auth: [{ breaksConsumers: () => true }] });
  const [stable] = here.service("auth").revisions;
  Object.assign(stable ?? {}, { behaviour: { breaksConsumers: () => true } });
  expect((await here.roll(["auth"])).outcome).toBe("completed");
});

test("a rollout that was interrupted in the middle goes on where it was", async () => {
  here = await world();
  const at = here;
  const stop = new Error("interrupted");
  const wrap: NonNullable<Parameters<World["roll"]>[1]>["wrap"] = (client) => ({
    ...client,
    apply: (action) => {
      if (action.service === "backend") throw stop;
      return client.apply(action);
    },
  });
  await expect(here.roll(undefined, { wrap })).rejects.toBe(stop);
  expect(here.rollout().services.auth?.phase).toBe("promoted");
  at.clock.now += 7_200_000;
  expect((await here.resume()).outcome).toBe("completed");
  for (const name of ["auth", "backend", "frontend"]) expect(here.moves(name)).toEqual([5, 25, 50, 100, 100]);
});

test("the first creation has no stable: it serves at once, is watched, and is stable afterwards", async () => {
  here = await world({}, { absent: ["frontend"] });
  const { outcome } = await here.roll(["frontend"]);
  expect(outcome).toBe("completed");
  const { stable } = here.ledger().services.frontend ?? {};
  expect(stable).toBe("staging-frontend-00001-a");
  expect(here.shares("frontend")).toEqual({ "staging-frontend-00001-a": 100 });
});

test("a first creation that is sick is said so, and nothing behind it starts", async () => {
  here = await world({ auth: [{ contract: "wrong" }] }, { absent: ["auth"] });
  const { outcome } = await here.roll();
  expect(outcome).not.toBe("completed");
  expect(here.service("backend").revisions).toHaveLength(1);
});

test("without a new revision there is nothing to roll out", async () => {
  here = await world({}, { configuration: (name) => template(name, "a") });
  expect((await here.roll()).outcome).toBe("completed");
  for (const name of ["auth", "backend", "frontend"]) {
    expect(here.rollout().services[name]?.phase).toBe("unchanged");
    expect(here.moves(name)).toEqual([]);
  }
});

test("a template that was rolled back is not rolled out again by itself, but on demand it is", async () => {
  let sickNow = true;
  here = await world({ auth: [{ errors: () => (sickNow ? 0.5 : 0) }] });
  expect((await here.roll(["auth"])).outcome).toBe("rolled back");
  sickNow = false;
  const { outcome, why } = await here.roll(["auth"]);
  expect(outcome).toBe("refused");
  expect(why).toMatch(/was rolled back .* add --again/);
  expect(here.moves("auth")).toEqual([5, 0]);
  expect((await here.roll(["auth"], { again: true })).outcome).toBe("completed");
  expect(here.moves("auth")).toEqual([5, 0, 5, 25, 50, 100, 100]);
});
