#!/usr/bin/env node
/** Starts the verifier as the package ships it, `verifier.js` next to this file. CommonJS on Node 20 or newer. */
import module from "node:module";
import path from "node:path";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { isChild, runInChild, VERIFIER } from "./in-child.ts";

function start(): void {
  // Most runs are over before what the optimizing compiler makes in its own threads has paid for itself: only functions that
  // are called very often are worth it, as in plans of tens of thousands of resources. V8's own default is 3000. Only on the
  // version that this was measured on: V8 complains on stderr about flags that it does not know.
  if (process.version.startsWith("v22.")) setFlagsFromString("--invocation-count-for-turbofan=60000");
  // Next to the code, and not where the system keeps what everybody may write; without effect where that is read-only. What the first
  // run has compiled is kept, and never more: one that verifies nothing must not be the first.
  if (!process.argv.slice(2).every((argument) => /^-(h|V|-help|-version)$/.test(argument)))
    module.enableCompileCache?.(path.join(import.meta.dirname, ".cache"));
  module.createRequire(path.join(import.meta.dirname, "verify.js"))("./verifier.js");
}

if (isChild) start();
else void runInChild(VERIFIER);
