import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { emptyLedger, type Ledger } from "../../rollout/ledger.ts";
import { localLedger } from "../../rollout/local-ledger.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "ledger-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const store = () => localLedger(path.join(folder, "rollout"), (text) => JSON.parse(text) as Ledger);
const named = (environment: string): Ledger => emptyLedger(environment);

test("a ledger is written over the version that was read, and over no other", async () => {
  const ledger = store();
  expect(await ledger.readLedger()).toEqual({ ledger: null, generation: "0" });
  expect(await ledger.writeLedger(named("a"), "0")).toBe("1");
  expect(await ledger.writeLedger(named("b"), "0")).toBeNull();
  expect(await ledger.writeLedger(named("b"), "1")).toBe("2");
  expect(await store().readLedger()).toEqual({ ledger: named("b"), generation: "2" });
});

test("of many who write at once, one wins, and its ledger is there", async () => {
  await store().writeLedger(named("first"), "0");
  const written = await Promise.all(
    Array.from({ length: 20 }, (_, who) => store().writeLedger(named(`writer-${who}`), "1")),
  );
  const winners = written.flatMap((generation, who) => (generation === null ? [] : [who]));
  expect(winners).toHaveLength(1);
  expect((await store().readLedger()).ledger?.environment).toBe(`writer-${winners[0]}`);
});

test("the last versions are kept, older ones are cleared away, and a sleeper cannot bring one back", async () => {
  const ledger = store();
  for (let number = 0; number < 50; number += 1)
    expect(await ledger.writeLedger(named(`v${number + 1}`), String(number))).toBe(String(number + 1));
  const files = readdirSync(path.join(folder, "rollout"));
  expect(files).toHaveLength(20);
  expect(await ledger.writeLedger(named("sleeper"), "3")).toBeNull();
  expect(await ledger.readLedger()).toEqual({ ledger: named("v50"), generation: "50" });
  expect(readdirSync(path.join(folder, "rollout"))).toEqual(files);
});

test("what a dead process left half done is not read", async () => {
  await store().writeLedger(named("a"), "0");
  writeFileSync(path.join(folder, "rollout", "draft-1"), '{"versi');
  expect((await store().readLedger()).ledger).toEqual(named("a"));
});
