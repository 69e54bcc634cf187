/**
 * Runs a script of this project as one bundled file, because loading its thousand modules takes longer than their work:
 *
 *     node tools/start.mjs main.ts [arguments]
 *
 * A bundle is reused only while everything that it was made from is unchanged, and is made again otherwise. Where that is not
 * possible (a syntax error, a read-only folder) the sources run instead. Environment files are loaded by the script when it
 * runs, and are never part of a bundle.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { enableCompileCache } from "node:module";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** The folder of the project; not this file's own where it is a link. */
const root = path.dirname(path.dirname(path.resolve(process.argv[1])));
const cache = path.join(root, "node_modules/.cache/bundles");
/** What every bundle depends on in addition to its sources: how it is made, and what npm has installed. */
const ALWAYS = ["tools/start.mjs", "tools/bundle.mjs", "package.json", "node_modules/.package-lock.json"];

/** The bundle of a script; undefined where it cannot be made or stored. */
async function bundleOf(script) {
  const name = script.replaceAll(/[^a-z0-9]+/gi, "-");
  const fileOf = (key) => path.join(cache, `${name}-${key}.mjs`);
  const list = path.join(cache, `${name}.json`);
  const last = read(list);
  if (last !== undefined && last.key === keyOf(last) && existsSync(fileOf(last.key))) return fileOf(last.key);
  try {
    const { bundle } = await import("./bundle.mjs");
    const { text, ...inputs } = await bundle(root, script);
    const made = { sources: [...ALWAYS, ...inputs.sources], packages: inputs.packages };
    const key = keyOf(made);
    if (key === undefined) return undefined;
    // Whoever runs an older one has loaded all of it.
    for (const file of globSync(`${name}-*`, { cwd: cache }))
      rmSync(path.join(cache, file), { recursive: true, force: true });
    write(fileOf(key), text);
    write(list, JSON.stringify({ ...made, key }));
    return fileOf(key);
  } catch {
    return undefined;
  }
}

/** Hash of the contents of sources, and of sizes and times of files in packages; undefined where one is missing. */
function keyOf({ sources, packages }) {
  const hash = createHash("sha256").update(root);
  try {
    for (const file of sources) hash.update(`\n${file}\n`).update(readFileSync(path.join(root, file)));
    for (const file of packages) {
      const { size, mtimeMs } = statSync(path.join(root, file));
      hash.update(`\n${file} ${size} ${mtimeMs}`);
    }
    return hash.digest("hex").slice(0, 32);
  } catch {
    return undefined;
  }
}

function read(list) {
  try {
    return JSON.parse(readFileSync(list, "utf8"));
  } catch {
    return undefined;
  }
}

/** Another process sees the whole file or none. */
function write(file, text) {
  const pending = `${file}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  writeFileSync(pending, text);
  renameSync(pending, file);
}

/** Folders that are links may be shared with another copy of the project, whose bundles are others. */
const isShared = () => lstatSync(path.join(root, "node_modules")).isSymbolicLink();

const [script = ""] = process.argv.splice(2, 1);
const file = isShared() ? undefined : await bundleOf(script);
if (file !== undefined) enableCompileCache(file.replace(/\.mjs$/, "-compiled"));
process.argv[1] = path.join(root, script);
await import(pathToFileURL(file ?? process.argv[1]).href);
