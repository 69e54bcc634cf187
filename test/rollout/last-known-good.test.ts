import { describe, expect, test } from "@jest/globals";
import { lastKnownGood } from "../../rollout/last-known-good.ts";
import type { Target } from "../../rollout/observed.ts";

const record = (stable: string | null) => ({ stable, image: null, blocked: [] });
const serving = (targets: readonly Target[] | null) => async () => targets;
const never = async (): Promise<null> => {
  throw new Error("asked without need");
};

describe("what a plan keeps serving", () => {
  test("is what stable is, and nobody else is asked", async () => {
    expect(await lastKnownGood(record("auth-1"), never)).toEqual({ kind: "ledger", revision: "auth-1" });
  });

  test("is what serves alone, where no ledger knows the service: a fresh checkout is no promotion", async () => {
    const targets = [
      { revision: "auth-1", percent: 100 },
      { revision: "auth-2", percent: 0, tag: "candidate" },
    ];
    expect(await lastKnownGood(undefined, serving(targets))).toEqual({ kind: "serving", revision: "auth-1" });
    expect(await lastKnownGood(record(null), serving(targets))).toEqual({
      kind: "serving",
      revision: "auth-1",
    });
  });

  test("is nothing before the first creation, and while nothing ever became ready", async () => {
    expect(await lastKnownGood(undefined, serving(null))).toEqual({ kind: "none" });
    expect(await lastKnownGood(undefined, serving([]))).toEqual({ kind: "none" });
  });

  test("is not guessed where traffic is divided and no ledger is there", async () => {
    const targets = [
      { revision: "auth-1", percent: 75 },
      { revision: "auth-2", percent: 25 },
    ];
    expect(await lastKnownGood(undefined, serving(targets))).toEqual({
      kind: "unclear",
      why: "its traffic is split (auth-1 75 %, auth-2 25 %), and the ledger has no last known good revision",
    });
  });
});
