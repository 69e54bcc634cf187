import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  type DeploymentRecord,
  deploymentsFolder,
  readRecord,
  unfinishedLines,
  writeRecord,
} from "../../delivery/record.ts";

let output = "";
beforeEach(() => {
  output = mkdtempSync(path.join(os.tmpdir(), "record-"));
});
afterEach(() => rmSync(output, { recursive: true, force: true }));

const record: DeploymentRecord = {
  environment: "staging",
  started: "2026-11-21T10:00:00.000Z",
  written: "2026-11-21T10:01:00.000Z",
  fingerprint: "abc",
  stacks: [
    { name: "one", status: "applied", json: "", plan: "" },
    { name: "two", status: "failed", json: "", plan: "", failure: "No quota.\nAsk for more." },
  ],
};

test("what was written is read again, with what is left", () => {
  writeRecord(output, record);
  expect(readRecord(output, "staging")).toEqual(record);
  expect(unfinishedLines(record)).toEqual([
    "The deployment of 2026-11-21T10:00:00.000Z was not finished; what is left is planned and reviewed again.",
    "  applied: one",
    "  failed:  two: No quota.",
  ]);
});

test.each([
  "",
  "no JSON",
  "null",
  "{}",
  "[]",
  '"text"',
  '{"started":"x","stacks":{}}',
  '{"started":"x","stacks":[1,null]}',
  '{"started":"x","stacks":[{"name":"a","status":1}]}',
  '{"started":"x","stacks":[{"name":"a","status":"failed","failure":{}}]}',
  JSON.stringify({ ...record, stacks: [{ ...record.stacks[0], status: "half" }] }),
  JSON.stringify({ ...record, started: "\u001b[2J" }),
])("a record that is broken (%s) is said, and stops no deployment", (text) => {
  mkdirSync(deploymentsFolder(output), { recursive: true });
  writeFileSync(path.join(deploymentsFolder(output), "staging.json"), text);
  expect(readRecord(output, "staging")).toBe("damaged");
  expect(unfinishedLines(readRecord(output, "staging"))).toEqual([
    expect.stringMatching(/^The record of the last deployment is damaged/),
  ]);
});
