import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { stackFolders } from "../../terraform/stack-folders.ts";

let output: string;
beforeEach(() => {
  output = mkdtempSync(path.join(os.tmpdir(), "output-"));
});
afterEach(() => rmSync(output, { recursive: true, force: true }));

const stack = (name: string, change: object = {}): object => ({
  name,
  workingDirectory: `stacks/${name}`,
  synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
  dependencies: [],
  ...change,
});

function folders(manifest: unknown): string[] {
  const text = typeof manifest === "string" ? manifest : JSON.stringify(manifest);
  writeFileSync(path.join(output, "manifest.json"), text);
  return stackFolders(output, () => true).map(({ name }) => name);
}

test("stacks come after those that they depend on", () => {
  for (const name of ["a", "b"]) {
    mkdirSync(path.join(output, "stacks", name), { recursive: true });
    writeFileSync(path.join(output, "stacks", name, "cdk.tf.json"), "{}");
  }
  expect(folders({ stacks: { b: stack("b", { dependencies: ["a"] }), a: stack("a") } })).toEqual(["a", "b"]);
});

test.each([
  "",
  "null",
  "{}",
  { stacks: { a: null } },
  { stacks: { a: stack("a", { dependencies: "b" }) } },
  { stacks: { a: stack("a", { workingDirectory: "../../elsewhere" }) } },
  { stacks: { a: stack("a", { synthesizedStackPath: "/etc/hostname" }) } },
  { stacks: { a: stack("../a") } },
])("a manifest that is damaged, or leads out of its folder, is refused: %j", (manifest) => {
  expect(() => folders(manifest)).toThrow(
    /manifest\.json is no manifest of cdktf \(.+\): synthesize again\.$/,
  );
});
