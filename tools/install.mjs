/**
 * Installs what a lock file names, where it is not there: for tools/run.mjs and tools/optional.mjs. Plain JavaScript and Node's
 * own modules only, because this runs before anything is installed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const isWindows = process.platform === "win32";

/** The JSON object in a file; empty where there is none. */
export function json(...file) {
  try {
    return Object(JSON.parse(readFileSync(path.join(...file), "utf8")));
  } catch {
    return {};
  }
}

/** Whether a package is for this machine; `os` and `cpu` are lists of names, or of "!name" for all others. */
const fits = ({ os, cpu }) =>
  [
    [os, process.platform],
    [cpu, process.arch],
  ].every(([names, name]) => !names || names.includes(name) || names.some((each) => each.startsWith("!")));

/** Whether what npm recorded of a folder's node_modules is what its lock file names, whatever the times of the files are. */
export function isInstalled(folder) {
  const { packages: wanted } = json(folder, "package-lock.json");
  const { packages: present } = json(folder, "node_modules", ".package-lock.json");
  if (!wanted || !present) return false;
  const isWanted = ([name, { version, integrity, ...found }]) =>
    wanted[name] === undefined
      ? // Added packages do no harm, unless they shadow a shared package.
        name.lastIndexOf("node_modules/") === 0
      : wanted[name].version === version && wanted[name].integrity === integrity && fits(found);
  const isPresent = ([name, { optional }]) => name === "" || name in present || optional;
  // npm install --package-lock-only records what it does not install.
  const isThere = (name) => existsSync(path.join(folder, name));
  return (
    Object.entries(present).every(isWanted) &&
    Object.entries(wanted).every(isPresent) &&
    Object.keys(present).every(isThere)
  );
}

/** Runs npm in a folder; what it prints goes to stderr. Returns whether it succeeded. */
export function npm(cwd, ...args) {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", [...args, ...quiet], {
    cwd,
    stdio: ["ignore", process.stderr, process.stderr],
    shell: isWindows,
  });
  return status === 0;
}

/** Says what is wrong, and ends. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** Milliseconds; an install takes about a minute. */
const LONGEST_INSTALL = 600_000;

/**
 * Installs what is missing in a folder. Of several commands that are started at once in it, one installs and the others wait
 * for it: npm ci removes node_modules first, under whoever reads it.
 */
export function installOnce(folder, isDone, install) {
  if (isDone()) return;
  const lock = path.join(folder, ".install.lock");
  const end = Date.now() + LONGEST_INSTALL;
  let hasWaited = false;
  while (!created(lock)) {
    const holder = holderOf(lock);
    if (holder !== undefined && !isAlive(holder)) {
      // Only one of those who wait moves it away; what it moves may be the lock of a living one by now.
      const moved = `${lock}.${process.pid}`;
      try {
        renameSync(lock, moved);
      } catch {
        continue;
      }
      const found = holderOf(moved);
      if (found !== undefined && isAlive(found) && !existsSync(lock)) renameSync(moved, lock);
      else rmSync(moved, { force: true });
      continue;
    }
    if (Date.now() > end)
      fail(`Another command still installs in this folder: if none does, remove ${lock}.`);
    if (!hasWaited) console.error("Waiting for another command, which installs in this folder ...");
    hasWaited = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  const release = () => rmSync(lock, { force: true });
  process.on("exit", release);
  if (!isDone()) install();
  process.off("exit", release);
  release();
}

function created(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    // A folder that nobody can write, as in a container: npm says why, where something is missing.
    return true;
  }
}

/** Process that holds the lock; undefined where it is just being written. */
function holderOf(lock) {
  try {
    return Number(readFileSync(lock, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
