import { expect, test } from "@jest/globals";
import { LATEST, type Target } from "../../rollout/observed.ts";
import { entries } from "../../rollout/traffic.ts";

const declared: Target[] = [
  { revision: "api-1", percent: 100 },
  { revision: LATEST, percent: 0, tag: "candidate" },
];

test("the declared form has Terraform's order: stable by name, then the newest with its tag", () => {
  const mixed: Target[] = [
    { revision: "api-2", percent: 25, tag: "candidate" },
    { revision: "api-1", percent: 75, tag: "stable" },
  ];
  expect(entries({ stable: "api-1", candidate: null, percent: 0 }, mixed)).toEqual(declared);
});

test("a step names both revisions, because an apply in between moves the latest", () => {
  expect(entries({ stable: "api-1", candidate: "api-2", percent: 5 }, declared)).toEqual([
    { revision: "api-1", percent: 95, tag: "stable" },
    { revision: "api-2", percent: 5, tag: "candidate" },
  ]);
});

test("at 100 stable keeps an entry, so that it cannot be deleted", () => {
  expect(entries({ stable: "api-1", candidate: "api-2", percent: 100 }, declared)).toEqual([
    { revision: "api-1", percent: 0, tag: "stable" },
    { revision: "api-2", percent: 100, tag: "candidate" },
  ]);
});

test("before the first creation the newest has everything", () => {
  expect(entries({ stable: null, candidate: null, percent: 0 }, [])).toEqual([
    { revision: LATEST, percent: 100 },
  ]);
});

test("tags of other people stay, without a share", () => {
  const asked: Target[] = [...declared, { revision: "api-0", percent: 30, tag: "demo" }];
  for (const candidate of [null, "api-2"])
    expect(entries({ stable: "api-1", candidate, percent: candidate === null ? 0 : 50 }, asked)[2]).toEqual({
      revision: "api-0",
      percent: 0,
      tag: "demo",
    });
});

test("the sum is always 100, and no other percent is written", () => {
  for (let percent = 0; percent <= 100; percent += 1) {
    const written = entries({ stable: "api-1", candidate: "api-2", percent }, declared);
    expect(written.reduce((sum, target) => sum + target.percent, 0)).toBe(100);
  }
  for (const percent of [-1, 101, 2.5, Number.NaN])
    expect(() => entries({ stable: "api-1", candidate: "api-2", percent }, declared)).toThrow(RangeError);
});
