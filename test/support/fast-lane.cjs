/**
 * Jest's filter of the fast lane (`npm run test:fast`): tests that can start neither a process nor a server and
 * synthesize no app, because nothing that they import, over any number of files, imports a module of Node's that does,
 * or CDKTF.
 */
const { readFileSync } = require("node:fs");
const path = require("node:path");

const SLOW =
  /^(node:)?(child_process|cluster|dgram|http|http2|https|net|tls|worker_threads)$|^(cdktf|constructs)$|^@cdktf\/provider-/;
/** What is loaded when the file is; imports of types are not. */
const IMPORT = /^(?:import|export)\s(?!type\s)(?:[^;"]*?\sfrom\s)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** @type {Map<string, readonly string[]>} */
const read = new Map();

function importsOf(file) {
  let found = read.get(file);
  if (found === undefined) {
    found = [...readFileSync(file, "utf8").matchAll(IMPORT)].map(([, from, dynamic]) => from ?? dynamic);
    read.set(file, found);
  }
  return found;
}

/** Whether loading this file loads one of these modules. */
function isSlow(file, seen = new Set()) {
  if (seen.has(file)) return false;
  seen.add(file);
  return importsOf(file).some((name) =>
    name.startsWith(".")
      ? /\.[cm]?[jt]s$/.test(name) && isSlow(path.resolve(path.dirname(file), name), seen)
      : SLOW.test(name),
  );
}

module.exports = (tests) => ({ filtered: tests.filter((test) => !isSlow(test)) });
