import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { platformPlan } from "../platform/plan.ts";
import { GATE_PROGRAM } from "../platform/preflight-gate.ts";
import type { Environment } from "../platform/schema/environment.ts";
import type { Synthesis } from "./synthesize.ts";

/** Folder of the project. */
const ROOT = path.resolve(import.meta.dirname, "..");
const ENTRY = "commands/gate.ts";
/** Cache of the last bundle and its sources. */
const CACHE_FILE = path.join(ROOT, "node_modules/.cache/gate/gate.json");

interface Kept {
  /** Source files, relative to the project; package-lock.json represents packages. */
  readonly sources: readonly string[];
  readonly key: string;
  readonly program: string;
}

/**
 * Puts the program of the preflight gate next to the Terraform JSON of every preflight stack, so that the output folder can be moved
 * or archived as a whole.
 */
export async function writeGatePrograms(
  environments: readonly Environment[],
  synthesis: Synthesis,
): Promise<void> {
  const folders = environments
    .map((environment) =>
      path.join(synthesis.folder, "stacks", platformPlan(environment).names.stack("preflight")),
    )
    .filter(existsSync);
  if (folders.length === 0) return;
  const program = await gateProgram();
  for (const folder of folders) writeFileSync(path.join(folder, GATE_PROGRAM), program);
}

/**
 * commands/gate.ts in one file that needs Node 20 or newer and nothing else. It is bundled only where a source has
 * changed since the last time.
 */
async function gateProgram(): Promise<string> {
  const kept = readKept();
  if (kept !== undefined && kept.key === keyOf(kept.sources)) return kept.program;
  const made = await bundle();
  keep(made);
  return made.program;
}

async function bundle(): Promise<Kept> {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "eof",
    logLevel: "warning",
    write: false,
    metafile: true,
  });
  const sources = Object.keys(metafile.inputs)
    .filter((input) => !input.includes("node_modules/"))
    .concat("package-lock.json", path.relative(ROOT, import.meta.filename))
    .sort();
  return { sources, key: keyOf(sources) ?? "", program: outputFiles[0]?.text ?? "" };
}

/** Hash of all sources; undefined where one is missing. */
function keyOf(sources: readonly string[]): string | undefined {
  const hash = createHash("sha256");
  try {
    for (const file of sources) hash.update(`${file}\n`).update(readFileSync(path.join(ROOT, file)));
    return hash.digest("hex");
  } catch {
    return undefined;
  }
}

function readKept(): Kept | undefined {
  try {
    return JSON.parse(readFileSync(CACHE_FILE, "utf8"));
  } catch {
    return undefined;
  }
}

/** Concurrent writes are identical; without a cache the bundle is built again. */
function keep(made: Kept): void {
  const pending = `${CACHE_FILE}.${process.pid}`;
  try {
    mkdirSync(path.dirname(CACHE_FILE), { recursive: true });
    writeFileSync(pending, JSON.stringify(made));
    renameSync(pending, CACHE_FILE);
  } catch {
    // A read-only folder, as in an image of a CI system.
  }
}
