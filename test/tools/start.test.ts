import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");
const PACKAGE = "node_modules/words/index.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "start-"));
  for (const name of ["tools", "room", "node_modules/words", "environments"])
    mkdirSync(path.join(folder, name), { recursive: true });
  for (const file of ["start.mjs", "bundle.mjs", "original-locations.mjs"].map((name) => `tools/${name}`))
    copyFileSync(path.join(ROOT, file), path.join(folder, file));
  for (const name of ["esbuild", "@esbuild"])
    symlinkSync(path.join(ROOT, "node_modules", name), path.join(folder, "node_modules", name));
  write("package.json", '{ "name": "small", "type": "module" }');
  write("node_modules/.package-lock.json", '{ "packages": {} }');
  write("node_modules/words/package.json", '{ "name": "words", "version": "1.0.0", "main": "index.js" }');
  write(PACKAGE, 'module.exports = { word: "one" };');
  write("room/number.ts", "export const number: number = 1;");
  write("environments/small.ts", 'export const environment: string = "small";');
  write("room/beside.txt", "beside");
  write(
    "room/index.ts",
    `import { readFileSync } from "node:fs";
     import path from "node:path";
     export const beside = readFileSync(path.join(import.meta.dirname, "beside.txt"), "utf8");`,
  );
  write(
    "main.ts",
    `import words from "words";
     import { number } from "./room/number.ts";
     import { beside } from "./room/index.ts";
     const { environment } = await import(new URL("environments/small.ts", import.meta.url).href);
     console.log(number, words.word, environment, beside, ...process.argv.slice(2));
     process.exitCode = 3;`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  writeFileSync(path.join(folder, file), text);
}

/** Writes the file so that size and times are as before. */
function writeUnnoticed(file: string, text: string): void {
  const { size, atime, mtime } = statSync(path.join(folder, file));
  write(file, text);
  utimesSync(path.join(folder, file), atime, mtime);
  expect(statSync(path.join(folder, file)).size).toBe(size);
}

function run(...args: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    NODE,
    [path.join(folder, "tools/start.mjs"), "main.ts", ...args],
    { cwd: os.tmpdir(), encoding: "utf8", env: { ...process.env, NODE_NO_WARNINGS: "1" } },
  );
  return { status, out: stdout.trim(), err: stderr };
}

const bundles = (): string[] => globSync("node_modules/.cache/bundles/main-ts-*", { cwd: folder });

test("a script runs with its arguments and its exit code, and finds the files next to its sources", () => {
  expect(run("--a", "b")).toEqual({ status: 3, out: "1 one small beside --a b", err: "" });
  expect(bundles()).toHaveLength(1);
});

test("the second run is the bundle of the first", () => {
  run();
  const bundle = path.join(bundles()[0] ?? "", "script.mjs");
  write(bundle, readFileSync(path.join(folder, bundle), "utf8").replace("number = 1", "number = 7"));
  expect(run().out).toBe("7 one small beside");
});

/** The kind: a run whose result is that of files which are no longer there. */
describe("a bundle never runs after a change of", () => {
  beforeEach(() => expect(run().out).toBe("1 one small beside"));

  test("a source, even one that keeps size and times", () => {
    writeUnnoticed("room/number.ts", "export const number: number = 2;");
    expect(run().out).toBe("2 one small beside");
    expect(bundles()).toHaveLength(1);
    writeUnnoticed("room/number.ts", "export const number: number = 1;");
    expect(run().out).toBe("1 one small beside");
  });

  test("an environment, which is not part of it", () => {
    writeUnnoticed("environments/small.ts", 'export const environment: string = "other";');
    expect(run().out).toBe("1 one other beside");
  });

  test("a file in a package", () => {
    write(PACKAGE, 'module.exports = { word: "other" };');
    expect(run().out).toBe("1 other small beside");
  });

  test("what npm has installed", () => {
    write("node_modules/words/other.js", 'module.exports = { word: "two" };');
    write("node_modules/words/package.json", '{ "name": "words", "version": "1.0.1", "main": "other.js" }');
    write("node_modules/.package-lock.json", '{ "packages": { "node_modules/words": {} } }');
    expect(run().out).toBe("1 two small beside");
  });

  test("how bundles are made", () => {
    const before = bundles();
    const file = "tools/bundle.mjs";
    write(file, `${readFileSync(path.join(folder, file), "utf8")}\n`);
    expect(run().out).toBe("1 one small beside");
    expect(bundles()).not.toEqual(before);
  });

  test("the folder that it is in", () => {
    const copy = `${folder}-copy`;
    cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
    rmSync(folder, { recursive: true });
    folder = copy;
    write("room/beside.txt", "moved");
    expect(run().out).toBe("1 one small moved");
  });

  test("a source that is deleted", () => {
    rmSync(path.join(folder, "room/number.ts"));
    expect(run()).toMatchObject({ status: 1, out: "", err: expect.stringContaining("room/number.ts") });
  });
});

describe("the sources run where", () => {
  test("one has a syntax error, which is reported by its line", () => {
    write("room/number.ts", "export const number: number = 1;\nexport const = 2;");
    const { status, out, err } = run();
    expect([status, out]).toEqual([1, ""]);
    expect(err).toContain("room/number.ts:2");
  });

  test("nothing can be stored", () => {
    write("node_modules/.cache", "a file");
    expect(run()).toEqual({ status: 3, out: "1 one small beside", err: "" });
  });
});

describe("a new bundle is made where the stored one is", () => {
  beforeEach(() => void run());

  test("deleted", () => {
    for (const bundle of bundles()) rmSync(path.join(folder, bundle), { recursive: true });
    expect(run().out).toBe("1 one small beside");
    expect(bundles()).toHaveLength(1);
  });

  test("without a readable list of its sources", () => {
    truncateSync(path.join(folder, "node_modules/.cache/bundles/main-ts.json"), 10);
    expect(run().out).toBe("1 one small beside");
  });
});

test("a script that runs while the sources change goes on with what it began with, and is removed afterwards", async () => {
  write("room/later.ts", "export const later = 1;");
  write(
    "main.ts",
    `import { number } from "./room/number.ts";
     console.log(number);
     if (process.argv[2] !== undefined) {
       await new Promise((resolve) => process.stdin.once("data", resolve));
       console.log((await import("./room/later.ts")).later);
       process.exit();
     }`,
  );
  const first = spawn(NODE, [path.join(folder, "tools/start.mjs"), "main.ts", "wait"]);
  let printed = "";
  first.stdout.on("data", (text) => (printed += text));
  while (printed !== "1\n") await once(first.stdout, "data");
  write("room/number.ts", "export const number = 2;");
  write("room/later.ts", "export const later = 2;");
  expect(run().out).toBe("2");
  expect(bundles()).toHaveLength(2);
  first.stdin.write("go on");
  await once(first, "close");
  expect(printed).toBe("1\n1\n");
  write("room/number.ts", "export const number = 3;");
  expect(run().out).toBe("3");
  expect(bundles()).toHaveLength(1);
});

test("a CommonJS package that is loaded later has its exports by name", () => {
  write(PACKAGE, 'exports.word = "one";');
  write("main.ts", 'const { word } = await import("words"); console.log(word);');
  expect(run()).toEqual({ status: 0, out: "one", err: "" });
  expect(bundles()).toHaveLength(1);
});

test("a stack trace names the lines of the sources", () => {
  write(
    "room/number.ts",
    "interface None {}\n\nexport const number = (): number => { throw new Error(`none`); };",
  );
  write(
    "main.ts",
    'import { number } from "./room/number.ts";\ntry { number(); } catch (error) { console.log(error.stack); }',
  );
  const [message, first, second] = run().out.split("\n");
  expect([message, first, second]).toEqual([
    "Error: none",
    expect.stringMatching(/^ {4}at number .*\/room\/number\.ts:3:\d+\)$/),
    expect.stringMatching(/^ {4}at .*\/main\.ts:2:\d+$/),
  ]);
});

test("an error of the script is reported once, and nothing runs a second time", () => {
  write("main.ts", 'console.log("once"); throw new Error("of the script");');
  for (const { status, out, err } of [run(), run()]) {
    expect([status, out]).toEqual([1, "once"]);
    expect(err).toContain("Error: of the script");
  }
});
