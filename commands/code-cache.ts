import { isAscii } from "node:buffer";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import * as zlib from "node:zlib";

/** Runs that write: each adds the functions that those before it did not call, with other kinds of input. More of them would take longer than they save. */
const WRITING_RUNS = 3;

/** What V8 has compiled of a script, and how many runs have added to it. */
interface Compiled {
  readonly data: Buffer;
  readonly runs: number;
}

/**
 * Runs a CommonJS script as `require` does, from what V8 has compiled in the first runs: all functions that were called in them,
 * where the compile cache of Node holds none but those that stand outside of any other. It is used only while script, Node, flags of
 * V8 and processor are the same. Runs that fail (exit codes from 2 on) add nothing to it; a folder that is read-only has none.
 * There is no `import()` in the script.
 *
 * @param folder for the cache; what is in it is run, so that nobody else may write there
 * @param adds false for a run that calls little of the script
 */
export function runFromCodeCache(file: string, folder: string, adds: boolean): void {
  const require = createRequire(file);
  // Node before 20.15 and 22.2 has none, and starts without a cache.
  if (typeof zlib.crc32 !== "function") return void require(file);
  const source = readFileSync(file);
  const store = path.join(folder, [zlib.crc32(source), cachedDataVersionTag()].map(inHex).join("-"));
  const compiled = read(store);
  const code = source.toString(isAscii(source) ? "latin1" : "utf8").replace(/^#!/, "//");
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`, {
    filename: file,
    ...(compiled === undefined ? {} : { cachedData: compiled.data }),
  });
  const runs = script.cachedDataRejected === true ? 0 : (compiled?.runs ?? 0);
  if (adds && runs < WRITING_RUNS)
    process.once("exit", (exitCode) => {
      if (exitCode <= 1) write(store, { data: script.createCachedData(), runs: runs + 1 });
    });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, file, path.dirname(file));
}

/** In front of the data: a checksum of all that follows, and the number of runs; 4 bytes each. */
const HEADER_BYTES = 8;
const CHECKSUM_BYTES = 4;

/** Undefined where there is nothing, and where it is damaged: V8 would end the process over it. */
function read(file: string): Compiled | undefined {
  try {
    const stored = readFileSync(file);
    if (stored.readUInt32LE() !== zlib.crc32(stored.subarray(CHECKSUM_BYTES))) return undefined;
    return { data: stored.subarray(HEADER_BYTES), runs: stored.readUInt32LE(CHECKSUM_BYTES) };
  } catch {
    return undefined;
  }
}

/** Another process sees all of it or nothing. */
function write(file: string, { data, runs }: Compiled): void {
  const stored = Buffer.concat([Buffer.alloc(HEADER_BYTES), data]);
  stored.writeUInt32LE(runs, CHECKSUM_BYTES);
  stored.writeUInt32LE(zlib.crc32(stored.subarray(CHECKSUM_BYTES)));
  const pending = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(pending, stored, { mode: 0o600 });
    renameSync(pending, file);
  } catch {
    // A full disk may hold a part of it; where nothing can be written, nothing can be removed.
    try {
      rmSync(pending, { force: true });
    } catch {}
  }
}

const inHex = (number: number): string => number.toString(16);
