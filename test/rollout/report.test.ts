import { beforeEach, expect, test } from "@jest/globals";
import { rolloutMarkdown } from "../../rollout/report/markdown.ts";
import { board, declareNext, process } from "../support/rollout-process.ts";
import { World } from "../support/rollout-world.ts";

let world: World;
beforeEach(() => {
  world = new World();
  declareNext(world);
});

const report = (): string => (world.ledger === null ? "" : rolloutMarkdown(world.ledger));

test("a rollout that went through tells every verdict, and gives nothing to do", async () => {
  board(world, { order: ["auth"] });
  await process(world);
  expect(report()).toContain("# Rollout of test: completed");
  expect(report()).toContain("| auth | auth-00001 | auth-00002 | promoted |  |");
  for (const percent of [5, 25, 50, 100])
    expect(report()).toContain(`soak at ${percent} %: **passed**, pass`);
  expect(report()).not.toContain("What to do");
});

test("a breach says where, why, what is blocklisted and what a rollback does not undo", async () => {
  board(world);
  world.luck = (kind, service) => (kind === "measure" && service === "backend" ? { verdict: "bad" } : {});
  await process(world);
  expect(report()).toContain("It stopped at **backend** (breach,");
  expect(report()).toContain("| auth | auth-00001 | auth-00002 | reverted with the rollout |");
  expect(report()).toContain("| backend | backend-00001 | backend-00002 | rolled back | breach |");
  expect(report()).toContain("| frontend | frontend-00001 |  | not started |  |");
  expect(report()).toContain("- backend: the template of backend-00002 is blocklisted");
  expect(report()).toContain("Open WebSockets stay on the revision");
});

test("what somebody else did is adopted by a person", async () => {
  board(world, { order: ["auth"] });
  await process(world, {}, 20_000, () => {
    const { asked } = world.service("auth");
    if (asked.some(({ percent }) => percent === 25))
      world.route("auth", [{ revision: "auth-00002", percent: 100 }]);
  });
  expect(report()).toContain("changed externally, left unchanged");
  expect(report()).toContain("`npm run rollout -- adopt test auth`");
});

test("one that is under way says how it goes on, and a ledger without one says so", () => {
  expect(report()).toContain("There is none.");
  board(world);
  expect(report()).toContain("# Rollout of test: under way");
  expect(report()).toContain("`npm run rollout -- abort test` rolls it back");
});
