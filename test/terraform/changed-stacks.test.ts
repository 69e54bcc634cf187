import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
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
  for (const file of [".terraform/providers/a", ".terraform.lock.hcl"])
    writeFileSync(path.join(app.output, "stacks/s-b", file), "x");
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
