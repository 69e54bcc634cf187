import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { findingsLines } from "../../commands/synth/findings.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { platformApp } from "../../stacks/platform-app.ts";
import { type Evaluation, evaluate } from "../../synthesis/evaluate.ts";
import { readSynthesis } from "../../synthesis/synthesize.ts";
import { type Draft, environment, TODAY } from "../support/environments.ts";

/** 46 instances of the backend on one connector (I-1): advice, no error. */
const crowded = (draft: Draft): void => {
  draft.services[1].instances.max = 23;
  draft.database.maxConnections = 1400;
};

function evaluated(subject: Environment, today = TODAY): Evaluation {
  const folder = mkdtempSync(path.join(os.tmpdir(), "proof-"));
  try {
    platformApp([subject], folder).synth();
    return evaluate(subject, readSynthesis(folder), today);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const found = evaluated(environment(crowded));
const [warning] = found.warnings;
if (warning === undefined) throw new Error("a crowded connector gives no warning");
const waiver = {
  rule: warning.rule,
  address: warning.address,
  reason: "the load test of the week",
  expires: "2026-12-31",
};
const waived = environment((draft) => {
  crowded(draft);
  draft.waivers = [waiver];
});

test("a warning names rule, address, construct path, message and fix", () => {
  expect(found.errors).toEqual([]);
  const lines = findingsLines(environment(crowded), found, true).join("\n");
  expect(lines).toContain("1 warning");
  expect(lines).toMatch(
    /capacity\/connector-load at google_vpc_access_connector\.connector_\w+ \(staging-network\/connector\/Resource\)/,
  );
  expect(lines).toMatch(/\n +at full scale 46 instances share its 1000 Mbit\/s: .*\n +Fix: /);
});

test("a waiver sets it aside, and is printed at every synth, the quiet one included", () => {
  const evaluation = evaluated(waived);
  expect([evaluation.warnings.length, evaluation.waived.length]).toEqual([0, 1]);
  expect(findingsLines(waived, evaluation, true).join("\n")).toContain("1 waived");
  expect(findingsLines(waived, evaluation, true).join("\n")).toContain(
    "until 2026-12-31: the load test of the week",
  );
});

test("a waiver that has expired is an error", () => {
  expect(evaluated(waived, "2027-01-01").errors.map(({ rule }) => rule)).toEqual(["waiver/expired"]);
});

test("where nothing is found, the quiet report says nothing", () => {
  const fine = environment();
  expect(findingsLines(fine, evaluated(fine), true)).toEqual([]);
  expect(findingsLines(fine, evaluated(fine), false).join("\n")).toMatch(
    /\b\d{2,} resources read back from the JSON: nothing refused/,
  );
});
