import { afterEach, describe, expect, test } from "@jest/globals";
import type { RolloutClient } from "../../../rollout/client.ts";
import type { Asked, Trouble } from "../../support/cloud/cloud.ts";
import { template, type World, world } from "../../support/cloud/world.ts";

let here: World | undefined;
afterEach(() => here?.stop());

describe("without a way back nothing starts", () => {
  const image = String(template("auth", "a").containers[0]?.image.split("/").at(-1));
  const losses: [string, RegExp, (at: World) => unknown][] = [
    [
      "stable was deleted",
      /auth-00001-a no longer exists/,
      (at) => at.service("auth").remove(at.stable("auth")),
    ],
    [
      "its image was cleaned up",
      /its image .* is no longer in the registry/,
      (at) =>
        at.cloud.gone.add(
          `/v1/projects/netra-staging/locations/us-central1/repositories/staging-services/dockerImages/${image}`,
        ),
    ],
    [
      "its secret version was destroyed",
      /version 1 of secret jwt-signing-key is missing/,
      (at) => at.cloud.gone.add("/v1/projects/netra-staging/secrets/jwt-signing-key/versions/1"),
    ],
  ];
  test.each(losses)("where %s", async (_, reason, lose) => {
    here = await world();
    lose(here);
    const { outcome, why } = await here.roll();
    expect(outcome).toBe("refused");
    expect(why).toMatch(reason);
    expect(here.cloud.asked.filter(({ method }) => method === "PATCH")).toEqual([]);
  });
});

const sick = { errors: (percent: number) => (percent >= 25 ? 0.5 : 0) };
const writesBack = ({ query, body }: Asked): boolean =>
  query.has("updateMask") && JSON.stringify(body.traffic).includes('"percent":100');

describe("a way back that does not work at once is tried again until it does", () => {
  const troubles: [string, Trouble, number][] = [
    ["503", 503, 3],
    ["429", 429, 3],
    ["an answer that is lost although it worked", "lost", 1],
    ["a request that is lost", "dropped", 3],
    ["an operation that fails", "operation failed", 2],
  ];
  test.each(troubles)("%s", async (_, trouble, times) => {
    here = await world({ auth: [sick] });
    here.cloud.faults.push({ when: writesBack, trouble, times });
    expect((await here.roll(["auth"])).outcome).toBe("rolled back");
    expect(here.shares("auth")).toEqual({ [here.stable("auth")]: 100 });
    const back = here.moves("auth").filter((share) => share === 0).length;
    // A write that worked is seen by reading, and not repeated.
    expect(back).toBe(trouble === "lost" ? 1 : times + 1);
    expect(here.events.some(({ text }) => /not known to be written/.test(text))).toBe(true);
  });
});

test("where stable is deleted in the middle, the one known good before it takes over", async () => {
  here = await world({ auth: [{}, sick] }, {});
  // A first rollout makes a revision that is known good before the one that fails.
  expect((await here.roll(["auth"])).outcome).toBe("completed");
  const first = here.stable("auth");
  const second = here.ledger().services.auth?.stable ?? "";
  const at = here;
  let done = false;
  const wrap = (client: RolloutClient): RolloutClient => ({
    ...client,
    measure: async (action) => {
      if (action.percent === 25 && !done) {
        done = true;
        at.service("auth").remove(second);
      }
      return client.measure(action);
    },
  });
  here.configure("c");
  const { outcome } = await here.roll(["auth"], { wrap });
  expect(outcome).toBe("rolled back");
  expect(here.shares("auth")).toEqual({ [first]: 100 });
  expect(here.ledger().services.auth?.stable).toBe(first);
});
