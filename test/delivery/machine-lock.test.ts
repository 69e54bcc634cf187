import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { lockMachine } from "../../delivery/machine-lock.ts";

let output: string;
beforeEach(() => {
  output = mkdtempSync(path.join(os.tmpdir(), "lock-"));
});
afterEach(() => rmSync(output, { recursive: true, force: true }));

const folder = () => path.join(output, "deployments");

test("the second of two is refused, with the process of the first", () => {
  const unlock = lockMachine(output, "staging");
  expect(() => lockMachine(output, "staging")).toThrow(
    `(process ${process.pid}): wait until it has ended. If that process is not a deployment, remove ${path.join(folder(), "staging.lock")}.`,
  );
  unlock();
  lockMachine(output, "staging")();
  expect(readdirSync(folder())).toEqual([]);
});

test("another environment is free", () => {
  const unlock = lockMachine(output, "staging");
  lockMachine(output, "production")();
  unlock();
});

test.each([
  [
    "a process that is gone",
    () => JSON.stringify({ pid: spawnSync("true").pid, since: "2026-11-21T00:00:00Z" }),
  ],
  ["half a file", () => '{"pid": '],
])("%s holds nothing", (_, text) => {
  lockMachine(output, "staging")();
  writeFileSync(path.join(folder(), "staging.lock"), text());
  const unlock = lockMachine(output, "staging");
  expect(existsSync(path.join(folder(), "staging.lock"))).toBe(true);
  unlock();
  expect(readdirSync(folder())).toEqual([]);
});
