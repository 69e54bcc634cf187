/**
 * Runs a program that only one command, a test or the bench needs: its packages are a part of their own, a folder of
 * tools/optional with a lock file, and are installed when they are first called.
 *
 *     node tools/run.mjs tools/optional.mjs PART PROGRAM [arguments]
 *
 * Without a program it installs the part and prints the folder of its packages.
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fail, installOnce, isInstalled, npm } from "./install.mjs";

const parts = path.join(import.meta.dirname, "optional");
const [part = "", program, ...rest] = process.argv.slice(2);
const known = readdirSync(parts);
if (part === "--help") {
  console.log(`Usage: npm run part -- PART [PROGRAM [arguments]]

Runs a program of a part, or prints the folder of its packages, and installs the part first where it is not there.

Parts: ${known.join(", ")}`);
  process.exit(0);
}
if (!known.includes(part))
  fail(`There is no part "${part}" in tools/optional: name one of ${known.join(", ")}.`);

const folder = path.join(parts, part);
const isDone = () => isInstalled(folder);
installOnce(folder, isDone, () => {
  console.error(`Installing what tools/optional/${part}/package-lock.json names (once) ...`);
  if (!npm(folder, "ci"))
    fail(
      `npm ci failed in tools/optional/${part} for the reason above: fix it, then run the same command again.`,
    );
});

const modules = path.join(folder, "node_modules");
if (program === undefined) console.log(modules);
else {
  const file = path.join(modules, ".bin", program);
  const run = spawn(file, rest, { stdio: "inherit", shell: process.platform === "win32" });
  run.on("error", ({ message }) => fail(`${program} did not start: ${message}`));
  // Whoever stops this stops the program, and waits for it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => run.kill(signal));
  run.on("close", (status) => process.exit(status ?? 1));
}
