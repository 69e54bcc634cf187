/**
 * Runs a script of this project from a bundle, because loading its thousand modules takes longer than their work:
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
import { setFlagsFromString } from "node:v8";
import { nameOriginalLocations } from "./original-locations.mjs";

// By itself V8 lets the heap grow to four times what it holds before it collects: 100 services took 380 MiB in place of 290, and no
// less time. Only on the version that this was measured on: V8 complains on stderr about flags that it does not know.
if (process.version.startsWith("v22.")) setFlagsFromString("--heap-growing-percent=50");

/** The folder of the project; not this file's own where it is a link. */
const root = path.dirname(path.dirname(path.resolve(process.argv[1])));
const cache = path.join(root, "node_modules/.cache/bundles");
/** What every bundle depends on in addition to its sources: how it is made, and what npm has installed. */
const ALWAYS = ["tools/bundle.mjs", "package.json", "node_modules/.package-lock.json"];

/** Folder of the bundle of a script; undefined where none can be made or stored. */
async function bundleOf(script) {
  const name = script.replaceAll(/[^a-z0-9]+/gi, "-");
  const list = path.join(cache, `${name}.json`);
  const last = read(list);
  if (last?.key !== undefined && last.key === keyOf(last) && isUsable(folderOf(name, last.key)))
    return folderOf(name, last.key);
  try {
    const { bundle } = await import("./bundle.mjs");
    const { files, ...inputs } = await bundle(root, script);
    const made = { sources: [...ALWAYS, ...inputs.sources], packages: inputs.packages };
    const key = keyOf(made);
    if (key === undefined) return undefined;
    const folder = folderOf(name, key);
    for (const other of globSync(path.join(cache, `${name}-*`)))
      if (other !== folder && !isRunning(other)) remove(other);
    store(folder, (pending) => {
      mkdirSync(pending, { recursive: true });
      for (const [file, text] of files) writeFileSync(path.join(pending, file), text);
    });
    store(list, (pending) => writeFileSync(pending, JSON.stringify({ ...made, key })));
    return isUsable(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

const folderOf = (name, key) => path.join(cache, `${name}-${key}`);

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

/** Another process sees all of it or nothing. */
function store(target, write) {
  const pending = path.join(cache, `.${process.pid}-${path.basename(target)}`);
  mkdirSync(cache, { recursive: true });
  try {
    write(pending);
    renameSync(pending, target);
  } catch (error) {
    // Another process has stored the same.
    if (!existsSync(target)) throw error;
  } finally {
    remove(pending);
  }
}

/** Marks a bundle as running, so that a newer one does not remove what a command loads later. */
function isUsable(folder) {
  const mark = path.join(folder, `${process.pid}.running`);
  try {
    writeFileSync(mark, "");
    process.on("exit", () => remove(mark));
    return existsSync(path.join(folder, "script.mjs"));
  } catch {
    return false;
  }
}

function isRunning(folder) {
  return globSync("*.running", { cwd: folder }).some((mark) => {
    try {
      process.kill(Number.parseInt(mark, 10), 0);
      return true;
    } catch (error) {
      return error.code === "EPERM";
    }
  });
}

/** What another process writes into meanwhile stays, and the next bundle removes it. */
function remove(file) {
  try {
    rmSync(file, { recursive: true, force: true });
  } catch {}
}

/** A folder that is a link may be shared with another copy of the project, whose bundles are others. */
const isShared = () => lstatSync(path.join(root, "node_modules")).isSymbolicLink();

/** Given by a command that starts itself again: the bundle that it runs from, which was found to be current a moment ago. */
const GIVEN = "--bundle=";

const given = process.argv[2]?.startsWith(GIVEN) ? process.argv.splice(2, 1)[0] : undefined;
const [script = ""] = process.argv.splice(2, 1);
const start = process.argv[1];
process.argv[1] = path.join(root, script);
const bundle = given?.slice(GIVEN.length) ?? (isShared() ? undefined : await bundleOf(script));
// A command that starts itself again (commands/in-child.ts) starts from the same bundle.
process[Symbol.for("single-source-platform.started-by")] = [
  start,
  ...(bundle === undefined ? [] : [`${GIVEN}${bundle}`]),
  script,
];
if (bundle !== undefined) {
  enableCompileCache(path.join(bundle, "compiled"));
  nameOriginalLocations(root, bundle);
}
await import(pathToFileURL(bundle === undefined ? process.argv[1] : path.join(bundle, "script.mjs")).href);
