/**
 * Everything that CI checks, one after the other; stops at nothing, and says at the end what failed. With --fast, of the
 * tests only those that start neither a process nor a server and synthesize no app.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
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

const checks: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: "types", command: ["tsc", "--project", "."] },
  { name: "types of the page's program", command: ["tsc", "--project", "page/client"] },
  { name: "format and lint", command: ["biome", "ci", "."] },
  {
    name: "rooms",
    command: ["depcruise", "--config", ".dependency-cruiser.mjs", "main.ts", ...checked],
  },
  { name: "unused code", command: ["knip"] },
  { name: "tests", command: jest },
];

/** `npm test -- test/platform` runs those tests alone. */
const chosen = onlyTests.length > 0 ? [{ name: "tests", command: [...jest, ...onlyTests] }] : checks;
const failed = chosen.filter(({ name, command: [program = "", ...args] }) => {
  console.log(`\n== ${name}`);
  const run = spawnSync(program, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (run.error !== undefined) console.error(`${program} did not start: ${run.error.message}`);
  return run.status !== 0;
});
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.map(({ name }) => name).join(", ")}.`);
  process.exitCode = 1;
} else console.log("\nAll checks passed.");
