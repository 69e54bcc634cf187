import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "code-cache-"));
  write("word.cjs", 'exports.word = "loaded";');
  write("start.mjs", startOf(true));
  write("script.cjs", scriptOf("one"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);

const startOf = (adds: boolean): string => `
import { runFromCodeCache } from ${JSON.stringify(path.join(ROOT, "commands/code-cache.ts"))};
runFromCodeCache(${JSON.stringify(path.join(folder, "script.cjs"))}, ${JSON.stringify(path.join(folder, "cache"))}, ${adds});`;

const scriptOf = (text: string): string => `#!/usr/bin/env node
const path = require("node:path");
function calledLater() { return ${JSON.stringify(text)}; }
const { word } = require("./word.cjs");
setImmediate(() => console.log(calledLater(), word, path.basename(__filename)));
process.exitCode = Number(process.argv[2]);`;

function run(exitCode = 0, ...more: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    NODE,
    [path.join(folder, "start.mjs"), String(exitCode), ...more],
    { encoding: "utf8" },
  );
  return { status, out: stdout.trim(), err: stderr };
}

const stored = (): string[] => {
  try {
    return readdirSync(path.join(folder, "cache"));
  } catch {
    return [];
  }
};
const only = (): string => path.join(folder, "cache", stored()[0] ?? "none");

const one = { status: 0, out: "one loaded script.cjs", err: "" };

describe("the code cache", () => {
  test("is written by the first three runs, and used by the next ones", () => {
    // A file system may give a new file the inode of one that was replaced.
    const written = [1, 2, 3, 4, 5].map(() => {
      expect(run()).toEqual(one);
      expect(stored()).toHaveLength(1);
      return statSync(only(), { bigint: true }).mtimeNs;
    });
    expect(new Set(written.slice(0, 3)).size).toBe(3);
    expect(new Set(written.slice(2)).size).toBe(1);
  });

  test("holds what each of the first runs has called", () => {
    const more = 'function more() { return "called by one"; }\nif (process.argv[3] === "more") more();';
    write("script.cjs", `${scriptOf("one")}\n${more}`);
    run();
    const compiled = (): string => readFileSync(only()).toString("latin1");
    expect(compiled()).not.toContain("called by one");
    run(0, "more");
    expect(run().out).toBe(one.out);
    expect(compiled()).toContain("called by one");
  });

  test("holds functions that were called only after the script was loaded", () => {
    write("script.cjs", `${scriptOf("one")}\nfunction never() { return "it was never called"; }`);
    run();
    const compiled = readFileSync(only()).toString("latin1");
    expect(compiled).toContain("calledLater");
    expect(compiled).not.toContain("it was never called");
  });

  test("never runs another script than the one that is there, of the same size included", () => {
    run();
    write("script.cjs", scriptOf("two"));
    expect(run().out).toBe("two loaded script.cjs");
    expect(stored()).toHaveLength(2);
    expect(run().out).toBe("two loaded script.cjs");
  });

  test.each([
    ["changed in the middle", (data: Buffer) => data.fill(0x5a, data.length / 2, data.length / 2 + 64)],
    ["cut off", (data: Buffer) => data.subarray(0, data.length / 2)],
    ["empty", () => Buffer.alloc(0)],
  ])("that is %s is replaced, and ends no run", (_, damaged) => {
    run();
    const whole = readFileSync(only());
    writeFileSync(only(), damaged(Buffer.from(whole)));
    expect(run()).toEqual(one);
    expect(readFileSync(only())).toHaveLength(whole.length);
  });

  test("is not written by a run that fails", () => {
    expect(run(2)).toEqual({ ...one, status: 2 });
    expect(stored()).toEqual([]);
    expect(run(1)).toEqual({ ...one, status: 1 });
    expect(stored()).toHaveLength(1);
  });

  test("is not written by a run that calls little", () => {
    write("start.mjs", startOf(false));
    expect(run()).toEqual(one);
    expect(stored()).toEqual([]);
  });

  test("may be impossible to write", () => {
    write("cache", "a file in the place of the folder");
    expect(run()).toEqual(one);
  });
});
