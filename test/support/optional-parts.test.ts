import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { bin } from "../package/packed.ts";
import { ROOT } from "./project.ts";

const FILE = path.join(import.meta.dirname, `with-part-${process.pid}.test.ts`);
afterEach(() => rmSync(FILE, { force: true }));

/** What jest says of a test that needs a part. */
function outcome(part: string, ci: string): string {
  writeFileSync(
    FILE,
    `import { expect, test } from "@jest/globals";
import { describeWithPart } from "./optional-parts.ts";

describeWithPart("${part}", "a large program", () => test("starts", () => expect(1).toBe(1)));
test("another", () => expect(1).toBe(1));
`,
  );
  const { stderr } = spawnSync(process.execPath, [bin("jest/bin/jest.js"), FILE], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, CI: ci },
  });
  return stderr;
}

test("tests of a part that is not installed are skipped, counted as skipped, and name the command that brings it", () => {
  const said = outcome("absent", "");
  expect(said).toContain(
    "skipped: a large program: needs absent, which is not installed: npm run part -- absent\n",
  );
  expect(said).toMatch(/Tests: +1 skipped, 1 passed, 2 total/);
});

test("in CI they run", () => {
  const said = outcome("absent", "true");
  expect(said).not.toContain("skipped");
  expect(said).toMatch(/Tests: +2 passed, 2 total/);
});
