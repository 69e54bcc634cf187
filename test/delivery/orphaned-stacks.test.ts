import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { orphanedStacks } from "../../delivery/orphaned-stacks.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "states-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function state(stack: string, modes: readonly string[]): void {
  const file = path.join(folder, `terraform.${stack}.tfstate`);
  writeFileSync(file, JSON.stringify({ version: 4, resources: modes.map((mode) => ({ mode })) }));
}

test("a stack that is gone from the app and still has resources is told", () => {
  state("staging-data", ["managed"]);
  state("staging-service-old", ["managed", "managed", "data"]);
  expect(orphanedStacks(folder, "staging-", ["staging-data"])).toEqual([
    "Stack staging-service-old is no longer in the app, and 2 resources of it in terraform.staging-service-old.tfstate still exist: put it back into the environment, destroy it with npx cdktf destroy staging-service-old --ignore-missing-stack-dependencies, and remove it again.",
  ]);
});

test.each(["", "{", "null", '{"resources": {}}'])("a state that cannot be read (%s) is told", (text) => {
  writeFileSync(path.join(folder, "terraform.staging-broken.tfstate"), text);
  expect(orphanedStacks(folder, "staging-", [])).toEqual([
    "terraform.staging-broken.tfstate cannot be read: whether stack staging-broken, which is not in the app, still has resources is not known.",
  ]);
});

test("a name that is no stack's becomes no command", () => {
  state("staging-$(touch x)", ["managed"]);
  expect(orphanedStacks(folder, "staging-", [])).toEqual([]);
});

test("an empty state, another environment's, and no state are not", () => {
  state("staging-service-old", []);
  state("staging-service-read", ["data"]);
  state("production-data", ["managed"]);
  writeFileSync(path.join(folder, "terraform.staging-x.tfstate.backup"), "{}");
  expect(orphanedStacks(folder, "staging-", [])).toEqual([]);
});
