import { afterEach, expect, test } from "@jest/globals";
import { ORDER, type World, world } from "../../support/cloud/world.ts";

let here: World | undefined;
afterEach(() => here?.stop());

test("three services come out one after the other, in steps, with an empty plan behind them", async () => {
  here = await world();
  expect((await here.roll()).outcome).toBe("completed");
  for (const name of ORDER) {
    expect(here.moves(name)).toEqual([5, 25, 50, 100, 100]);
    const { stable } = here.ledger().services[name] ?? {};
    expect(here.shares(name)).toEqual({ [stable ?? ""]: 100 });
    expect(stable).not.toBe(here.stable(name));
    const { changes } = await here.terraform.plan(name, stable ?? null);
    expect(changes).toBe(false);
  }
  const firstMove = (name: string): number =>
    here?.cloud.asked.findIndex(
      ({ method, path }) => method === "PATCH" && path.endsWith(here?.service(name).name ?? "-"),
    ) ?? -1;
  expect(firstMove("auth")).toBeLessThan(firstMove("backend"));
  expect(firstMove("backend")).toBeLessThan(firstMove("frontend"));
});

test("a write of traffic names the fields of traffic, and nothing else of the service", async () => {
  here = await world();
  await here.roll(["auth"]);
  const writes = here.cloud.asked.filter(({ query }) => query.has("updateMask"));
  expect(writes.length).toBe(5);
  for (const { query, body } of writes) {
    expect(query.get("updateMask")).toBe("traffic");
    expect(Object.keys(body).sort()).toEqual(["etag", "name", "traffic"]);
    expect(body.etag).toMatch(/^".+"$/);
  }
});
