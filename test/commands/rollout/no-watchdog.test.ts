import { expect, test } from "@jest/globals";
import { summaryOf } from "../../../commands/rollout/run-rollout.ts";
import { emptyLedger } from "../../../rollout/ledger.ts";
import { startRollout } from "../../../rollout/lifecycle.ts";
import { rolloutStatus, statusLines } from "../../../rollout/report/status.ts";

const ended = { outcome: "interrupted", why: "interrupted", ledger: null } as const;
const bucket = { bucket: "states" };

test("an interruption mentions the rollback watchdog only where there is one", () => {
  expect(summaryOf({ name: "staging", state: bucket }, ended).sentence).toContain(
    "the rollback watchdog restores stable",
  );
  expect(summaryOf({ name: "staging", state: undefined }, ended)).toEqual({
    sentence:
      'Interrupted. "npm run rollout -- resume staging" continues; until then everything stays as it is: local states have no rollback watchdog.',
    code: 2,
  });
});

test("so does the status of a rollout whose process has stopped", () => {
  const options = { id: "t", order: ["auth"], steps: [100], again: false, images: { auth: "i" } };
  const ledger = startRollout(emptyLedger("staging"), { ...options, holder: "h", lease: 1 }, 0);
  const status = rolloutStatus(ledger, new Map(), 2);
  expect(statusLines(status, ledger, true).join("\n")).toContain(
    "the rollback watchdog restores stable where a candidate has traffic",
  );
  expect(statusLines(status, ledger, false).join("\n")).toContain("there is no rollback watchdog");
});
