import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Edit } from "../../page/changed-lines.ts";
import { controlsOf } from "../../page/controls.ts";
import { parseEnvironment } from "../../platform/environment.ts";
import { shapes } from "../fixtures/shapes.ts";
import { editsOf } from "../support/edits.ts";
import { type Draft, productionDraft, stagingDraft, TODAY } from "../support/environments.ts";
import { findings } from "../support/synthesized.ts";

/** More with `FUZZ_RUNS=200 npx jest test/environments/edits`, others with `FUZZ_SEED=7`. */
const runs = Number(process.env.FUZZ_RUNS ?? 3);
const seed = Number(process.env.FUZZ_SEED ?? 20261130);

function edited(draft: Draft, edits: readonly Edit[]): Draft {
  for (const { path, changed } of edits) {
    const section = path.slice(0, -1).reduce((inner, step) => inner[step], draft);
    section[path.at(-1) ?? ""] = changed;
  }
  return draft;
}

const lines = (edits: readonly Edit[]): string[] =>
  edits.map(({ names, value, changed }) => `${names.join(".")}: ${value} -> ${changed}`);

/** A topic and a subscription with all of their numbers. */
function workerDraft(): Draft {
  const draft: Draft = structuredClone(shapes.worker);
  draft.services[1].subscriptions[0].deadline = 60;
  return draft;
}

/** The kind: a number that the schema takes, and the rule book refuses once it is Terraform. */
test.each([
  ["staging", stagingDraft],
  ["production", productionDraft],
  ["worker", workerDraft],
])("what the schema takes of %s after random changes of its numbers, the rule book takes", (name, draft) => {
  let tried = 0;
  for (const edits of fc.sample(editsOf(controlsOf(draft())), { numRuns: runs * 20, seed })) {
    const parsed = parseEnvironment(name, edited(draft(), edits), TODAY);
    if (edits.length === 0 || !parsed.ok) continue;
    const errors = findings(parsed.environment).filter(({ severity }) => severity === "error");
    expect([lines(edits), errors]).toEqual([lines(edits), []]);
    if (++tried === runs) break;
  }
  expect(tried).toBe(runs);
});
