import { describe, expect, test } from "@jest/globals";
import { changeLedger } from "../../rollout/change-ledger.ts";
import type { LedgerStore } from "../../rollout/client.ts";
import { emptyLedger, type Ledger } from "../../rollout/ledger.ts";

/** A store in which others write first, so many times. */
function store(others: number): LedgerStore & { written: Ledger[] } {
  let generation = 0;
  let left = others;
  const written: Ledger[] = [];
  return {
    written,
    readLedger: async () => ({
      ledger:
        generation === 0 ? null : { ...emptyLedger("test"), services: { other: record(`o-${generation}`) } },
      generation: String(generation),
    }),
    writeLedger: async (ledger, expected) => {
      if (left > 0) {
        left -= 1;
        generation += 1;
      }
      if (expected !== String(generation)) return null;
      written.push(ledger);
      generation += 1;
      return String(generation);
    },
  };
}

const record = (stable: string) => ({ stable, image: null, blocked: [] });
const add = (ledger: Ledger): Ledger => ({
  ...ledger,
  services: { ...ledger.services, auth: record("a-1") },
});

describe("a change of the ledger", () => {
  test("is made of what the others wrote, where they were faster", async () => {
    const some = store(2);
    expect((await changeLedger(some, "test", add)).services).toEqual({
      other: record("o-2"),
      auth: record("a-1"),
    });
    expect(some.written).toHaveLength(1);
  });

  test("that changes nothing is not written", async () => {
    const some = store(0);
    await changeLedger(some, "test", (ledger) => ledger);
    expect(some.written).toEqual([]);
  });

  test("ends where the others are always faster", async () => {
    await expect(changeLedger(store(1000), "test", add)).rejects.toThrow(
      "changes faster than it can be written",
    );
  });
});
