import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

/** Runs a command that throws the expression, with something open that would keep the process alive. */
function thrown(expression: string): { code: number | null; err: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "command-"));
  const file = path.join(folder, "command.mts");
  writeFileSync(
    file,
    `import { createServer } from "node:net";
import { runCommand } from ${JSON.stringify(path.join(ROOT, "commands/command.ts"))};
import { UserError } from ${JSON.stringify(path.join(ROOT, "platform/user-error.ts"))};
const open = ${!expression.includes("UserError")};
if (open) createServer().listen(0, "127.0.0.1");
await runCommand(async () => { throw ${expression}; });\n`,
  );
  const { status, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return { code: status, err: stderr };
}

test("a mistake of a person is one sentence and exit code 2", () => {
  expect(thrown('new UserError("There is no such thing.")')).toEqual({
    code: 2,
    err: "There is no such thing.\n",
  });
});

test.each(['new TypeError("x is undefined\\n::error::y")', "new RangeError()", '"a text"'])(
  "a defect is never the exit code of what was found: %s",
  (expression) => {
    const { code, err } = thrown(expression);
    expect(code).toBe(2);
    expect(err).toMatch(/^The command itself failed; please report it/);
    expect(err).not.toMatch(/^\s*::/m);
  },
);
