#!/usr/bin/env node
/** Starts the verifier as the package ships it, `verifier.js` next to this file. CommonJS on Node 20 or newer. */
import path from "node:path";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { isChild, runInChild, VERIFIER } from "./in-child.ts";

async function start(): Promise<void> {
  // The parent, which only starts the child, does without it.
  const { runFromCodeCache } = await import("./code-cache.ts");
  // Most runs are over before what the optimizing compiler makes in its own threads has paid for itself: only functions that
  // are called very often are worth it, as in plans of tens of thousands of resources. V8's own default is 3000. Only on the
  // version that this was measured on: V8 complains on stderr about flags that it does not know. Functions that a long run no longer
  // calls stay in the code cache.
  if (process.version.startsWith("v22."))
    setFlagsFromString("--invocation-count-for-turbofan=60000 --no-flush-bytecode");
  // Next to the code, and not where the system keeps what everybody may write.
  const isVerifying = !process.argv
    .slice(2)
    .some((argument) => /^(-h|-V|--help|--version|--explain)/.test(argument));
  runFromCodeCache(
    path.join(import.meta.dirname, "verifier.js"),
    path.join(import.meta.dirname, ".cache"),
    isVerifying,
  );
}

if (isChild) void start();
else void runInChild(VERIFIER);
