/**
 * Runs a script of this project on the project's own Node, on a machine that has Node 20 or newer and nothing else:
 * what is missing, or older than package-lock.json, is installed first. Plain JavaScript and Node's own modules
 * only, because this runs before anything is installed.
 *
 *     node tools/run.mjs main.ts [arguments]
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const root = path.dirname(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname));
const own = path.join(
  root,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

function isInstalled() {
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record) || !existsSync(own)) return false;
  return statSync(record).mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs;
}

function install() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) {
    console.error(`Node ${process.versions.node} is too old to start with: install Node 20 or newer.`);
    process.exit(2);
  }
  console.error("Installing what package-lock.json names (about a minute, once) ...");
  const npm = spawnSync("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0 || !existsSync(own)) {
    console.error("npm ci failed (its reason stands above): mend that, then run the same command again.");
    process.exit(2);
  }
}

if (!isInstalled()) install();
const [script, ...rest] = process.argv.slice(2);
const bin = path.join(root, "node_modules", ".bin");
const run = spawn(
  own,
  ["--disable-warning=DEP0044", "--disable-warning=MetadataLookupWarning", path.join(root, script), ...rest],
  {
    stdio: "inherit",
    // What the script starts finds the project's own programs, Node included, first.
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}` },
  },
);
// Whoever stops this stops the script, and waits for it: a deployment lets Terraform write its state first.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => run.kill(signal));
run.on("close", (status) => process.exit(status ?? 1));
