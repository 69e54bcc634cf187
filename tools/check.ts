/**
 * Everything that CI checks: what reads the sources at once, and then the tests. Stops at nothing, and says at the end what
 * failed. With --fast, of the tests only those that start neither a process nor a server and synthesize no app.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { outside, rooms } from "../rooms.ts";

const root = path.dirname(import.meta.dirname);
/** Rooms that are there: tests are not held to the rules between rooms. */
const checked = [...Object.keys(rooms), ...outside].filter(
  (room) => room !== "test" && existsSync(path.join(root, room)),
);
const given = process.argv.slice(2);
if (given.includes("--help")) {
  console.log(`Usage: npm test -- [options] [test...]

Runs everything that CI checks: types, format and lint, rooms, unused code, and all tests. With names of tests it runs
those alone, with the options of jest that follow (npx jest --help).

Options:
  --fast  without tests that start a process or a server or synthesize an app (npm run test:fast)
  --help  show this`);
  process.exit(0);
}
const isFast = given.includes("--fast");
const onlyTests = given.filter((argument) => argument !== "--fast");
/**
 * jest-circus makes an AsyncLocalStorage for each test file and never ends one; without the flag, which newer versions of
 * Node have switched on, every promise costs a call for each test file that ran in its process before.
 */
const jest = [
  "node",
  "--experimental-async-context-frame",
  "node_modules/jest/bin/jest.js",
  ...(isFast ? ["--filter", "./test/support/fast-lane.cjs"] : []),
];

interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

/** What a checker keeps of the files that have not changed since; a clean checkout has nothing of it. */
const cache = (name: string): string => path.join("node_modules/.cache", name);

/** Each takes one core; several threads of one compiler check the same types again. */
const types = (project: string, name: string): readonly string[] => [
  ...["tsc", "--project", project, "--singleThreaded"],
  ...["--incremental", "--tsBuildInfoFile", path.join(cache("types"), `${name}.tsbuildinfo`)],
];

const checks: readonly Check[] = [
  { name: "types", command: types(".", "all") },
  { name: "types of the page's program", command: types("page/client", "page") },
  { name: "format and lint", command: ["biome", "ci", "."] },
  {
    name: "rooms",
    command: [
      ...["depcruise", "--config", ".dependency-cruiser.mjs"],
      ...["--cache", cache("rooms"), "--cache-strategy", "content", "main.ts", ...checked],
    ],
  },
  { name: "unused code", command: ["knip", "--cache", "--cache-location", cache("unused")] },
];

interface Result {
  readonly isPassed: boolean;
  /** What it printed, unless it printed it itself. */
  readonly output: string;
}

function run([program = "", ...args]: readonly string[], stdio: "inherit" | "pipe"): Promise<Result> {
  const colors = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["inherit", stdio, stdio],
    shell: process.platform === "win32",
    env: { ...process.env, ...colors },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  return new Promise((resolve) => {
    child.once("error", ({ message }) =>
      resolve({ isPassed: false, output: `${program} did not start: ${message}\n` }),
    );
    child.once("close", (status) => resolve({ isPassed: status === 0, output }));
  });
}

/** As many at once as there are cores, in this order. */
function runAll(commands: readonly Check["command"][]): readonly Promise<Result>[] {
  const waiting: (() => Promise<void>)[] = [];
  const results = commands.map(
    (command) =>
      new Promise<Result>((resolve) => {
        waiting.push(async () => resolve(await run(command, "pipe")));
      }),
  );
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  };
  for (let core = 0; core < os.availableParallelism(); core += 1) void work();
  return results;
}

const failed: string[] = [];
function report(name: string, { isPassed, output }: Result): void {
  process.stdout.write(output);
  if (!isPassed) failed.push(name);
}

/** `npm test -- test/platform` runs those tests alone. */
const chosen = onlyTests.length > 0 ? [] : checks;
const results = runAll(chosen.map(({ command }) => command));
for (const [index, { name }] of chosen.entries()) {
  console.log(`\n== ${name}`);
  const result = await results[index];
  if (result !== undefined) report(name, result);
}
console.log("\n== tests");
report("tests", await run([...jest, ...onlyTests], "inherit"));
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(", ")}.`);
  process.exitCode = 1;
} else console.log("\nAll checks passed.");
