import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import type { BuildOptions } from "esbuild";
import { isRecord } from "../values/is-record.ts";

/** Folder of the repository. */
const ROOT = path.resolve(import.meta.dirname, "..");
/** In the published package the bundles are ready, next to its code. */
const PACKED = path.join(import.meta.dirname, "bundles");

/** What a bundle consists of: the text of each output by its extension, ".js" or ".css". */
type Outputs = Readonly<Record<string, string>>;

interface Kept {
  /** Source files, relative to the project; package-lock.json represents packages. */
  readonly sources: readonly string[];
  readonly key: string;
  readonly outputs: Outputs;
}

/**
 * Bundles one entry point, only where a source has changed since the last time.
 *
 * @param name of its cache in node_modules/.cache
 * @param caller file that states the options
 */
export async function cachedBundle(name: string, caller: string, options: BuildOptions): Promise<Outputs> {
  const packed = path.join(PACKED, `${name}.json`);
  if (existsSync(packed)) return JSON.parse(readFileSync(packed, "utf8"));
  const file = path.join(ROOT, "node_modules/.cache", name, "bundle.json");
  const kept = readKept(file);
  if (kept !== undefined && kept.key === keyOf(kept.sources)) return kept.outputs;
  const made = await bundle(caller, options);
  keep(file, made);
  return made.outputs;
}

async function bundle(caller: string, options: BuildOptions): Promise<Kept> {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    outdir: ".",
    bundle: true,
    minify: true,
    logLevel: "warning",
    ...options,
    write: false,
    metafile: true,
  });
  const sources = Object.keys(metafile.inputs)
    .filter((input) => !input.includes("node_modules/"))
    .concat("package-lock.json", ...[caller, import.meta.filename].map((own) => path.relative(ROOT, own)))
    .sort();
  return {
    sources,
    key: keyOf(sources) ?? "",
    outputs: Object.fromEntries(outputFiles.map((output) => [path.extname(output.path), output.text])),
  };
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

function readKept(file: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Another version may have written it, or a full disk a part of it. */
function isKept(json: unknown): json is Kept {
  return (
    isRecord(json) &&
    typeof json.key === "string" &&
    [json.sources, isRecord(json.outputs) && Object.values(json.outputs)].every(
      (texts) => Array.isArray(texts) && texts.every((text) => typeof text === "string"),
    )
  );
}

/** Concurrent writes are identical; without a cache the bundle is built again. */
function keep(file: string, made: Kept): void {
  const pending = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(pending, JSON.stringify(made));
    renameSync(pending, file);
  } catch {
    // A read-only folder, as in an image of a CI system.
  }
}
