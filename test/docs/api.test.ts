import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

test("the API reference is written from the doc comments without a warning", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "api-"));
  try {
    const program = `import { writeApiReference } from "./tools/api-docs.ts"; console.log(writeApiReference(${JSON.stringify(folder)}));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect({ stdout, stderr }).toEqual({ stdout: "true\n", stderr: "" });
    for (const page of [
      "functions/index.run.html",
      "functions/testing.checkProject.html",
      "classes/stacks.PlatformStack.html",
    ])
      expect([page, existsSync(path.join(folder, page))]).toEqual([page, true]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
