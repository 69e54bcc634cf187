import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type ChangedStacks, changedStacks } from "../../terraform/changed-stacks.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";
import { type TerraformStacks, terraformStacks } from "../support/terraform-stacks.ts";

let app: TerraformStacks;
let base: string;
/** Each after the one before it. */
const four = { "s-a": {}, "s-b": { value: { input: "1" } }, "s-c": {}, "s-d": {} };

beforeEach(() => {
  app = terraformStacks();
  app.write(four);
  base = path.join(app.folder, "base");
  cpSync(app.output, base, { recursive: true });
});
afterEach(() => app.remove());

function names(): Record<keyof ChangedStacks, string[]> {
  const { changed, unchanged } = changedStacks(
    stackFolders(app.output, () => true),
    base,
  );
  return { changed: changed.map(({ name }) => name), unchanged: unchanged.map(({ name }) => name) };
}

test("nothing has changed, whatever Terraform has written next to the JSON", () => {
  mkdirSync(path.join(app.output, "stacks/s-b/.terraform/providers"), { recursive: true });
  writeFileSync(path.join(app.output, "stacks/s-b", ".terraform/providers/a"), "x");
  expect(names()).toEqual({ changed: [], unchanged: ["s-a", "s-b", "s-c", "s-d"] });
});

test("a stack that has changed, and all that come after it", () => {
  app.write({ ...four, "s-b": { value: { input: "2" } } });
  expect(names()).toEqual({ changed: ["s-b", "s-c", "s-d"], unchanged: ["s-a"] });
});

test("a file next to the JSON counts, and so does a stack that the base does not have", () => {
  writeFileSync(path.join(app.output, "stacks/s-d/gate.cjs"), "x");
  expect(names()).toEqual({ changed: ["s-d"], unchanged: ["s-a", "s-b", "s-c"] });
  app.write({ ...four, "s-e": {} });
  expect(names()).toEqual({ changed: ["s-d", "s-e"], unchanged: ["s-a", "s-b", "s-c"] });
});

// The kind of fault: a file that synth writes is taken for one of Terraform's, or is not seen.
test.each([".hidden", ".hidden/file", "modules/plan/main.tf", "modules/tfstate-bucket/main.tf"])(
  "%s next to the JSON counts, and a link that leads nowhere does not",
  (file) => {
    const target = path.join(app.output, "stacks/s-d", file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, "x");
    symlinkSync("nowhere", path.join(app.output, "stacks/s-a/link"));
    expect(names()).toEqual({ changed: ["s-d"], unchanged: ["s-a", "s-b", "s-c"] });
  },
);

test("a base that is not synthesized is no base in which everything is the same", () => {
  base = path.join(app.folder, "nothing");
  expect(names).toThrow(/nothing holds no synthesized stacks: check out the base, and run npm start/);
});

/** A lock file as init writes it. */
const lock = (version: string, hashes = '"zh:1"', host = "registry.terraform.io"): string =>
  `# This file is maintained automatically by "terraform init".\n\nprovider "${host}/hashicorp/google" {\n  version = "${version}"\n  constraints = "~> 8.0"\n  hashes = [${hashes}]\n}\n`;
const locked = (output: string, text: string): void =>
  writeFileSync(path.join(output, "stacks/s-c/.terraform.lock.hcl"), text);

// The kind of fault: a lock file decides what is installed, and is not seen.
test.each([
  ["another version", lock("8.0.0"), lock("8.9.0")],
  ["another prerelease", lock("9.0.0-beta1"), lock("9.0.0-beta2")],
  ["another provider", lock("8.0.0"), lock("8.0.0").replace("hashicorp/google", "acme/google")],
  ["another provider in addition", lock("8.0.0"), lock("8.0.0") + lock("8.0.0").replace("google", "random")],
  ["another registry", lock("8.0.0"), lock("8.0.0", '"zh:1"', "registry.acme.example")],
  ["a version where the base leaves it to init", "", lock("8.9.0")],
  ["no version where the base has one", lock("8.0.0"), ""],
  ["another version, laid out by hand", lock("8.0.0"), 'provider "hashicorp/google" { version="8.9.0" }'],
])("%s in the lock file counts", (_, before, after) => {
  locked(base, before);
  locked(app.output, after);
  expect(names()).toEqual({ changed: ["s-c", "s-d"], unchanged: ["s-a", "s-b"] });
});

test("other checksums in the lock file, and the registry of OpenTofu in the place of Terraform's, do not count", () => {
  locked(base, lock("8.0.0", '"h1:a",\n"zh:b"'));
  locked(app.output, lock("8.0.0", '"zh:b",\n"zh:c"', "registry.opentofu.org"));
  expect(names().changed).toEqual([]);
});

test("a lock file that init has written of the version that the code states does not count", () => {
  const required_providers = { google: { source: "hashicorp/google", version: "= 8.0.0" } };
  for (const output of [base, app.output]) {
    const json = path.join(output, "stacks/s-c/cdk.tf.json");
    const stack = JSON.parse(readFileSync(json, "utf8")) as { terraform?: object };
    writeFileSync(json, JSON.stringify({ ...stack, terraform: { ...stack.terraform, required_providers } }));
  }
  locked(app.output, lock("8.0.0"));
  expect(names().changed).toEqual([]);
  locked(app.output, lock("8.9.0"));
  expect(names().changed).toEqual(["s-c", "s-d"]);
});
