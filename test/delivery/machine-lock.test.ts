import { execFile, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { lockMachine } from "../../delivery/machine-lock.ts";
import { ROOT } from "../support/project.ts";

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
    () => JSON.stringify({ id: randomUUID(), pid: spawnSync("true").pid, since: "2026-11-21T00:00:00Z" }),
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

/** Takes the lock and keeps it until its input ends. */
const CHILD = `
  const { lockMachine } = await import(process.argv[1]);
  try {
    lockMachine(process.argv[2], "staging");
    console.log("has it");
  } catch (error) {
    console.log(error.message);
  }
  process.stdin.resume();
`;

test("of many that find the lock of a dead process at once, one gets it", async () => {
  lockMachine(output, "staging")();
  const dead = { id: randomUUID(), pid: spawnSync("true").pid, since: "2026-11-21T00:00:00Z" };
  writeFileSync(path.join(folder(), "staging.lock"), JSON.stringify(dead));
  const module = path.join(ROOT, "delivery/machine-lock.ts");
  const args = ["--input-type=module", "-e", CHILD, module, output];
  const children = Array.from({ length: 6 }, () => execFile(process.execPath, args));
  const said = await Promise.all(
    children.map(
      (child) =>
        new Promise<string>((resolve) => child.stdout?.once("data", (part) => resolve(String(part)))),
    ),
  );
  for (const child of children) child.stdin?.end();
  expect(said.filter((text) => text === "has it\n")).toHaveLength(1);
  for (const text of said.filter((one) => one !== "has it\n"))
    expect(text).toMatch(/^A deployment of staging runs on this machine since /);
  expect(readdirSync(folder())).toEqual(["staging.lock"]);
});
