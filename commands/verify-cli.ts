#!/usr/bin/env node
/** The verifier as the package ships it: bundled into one file, without a project of its own. */
import process from "node:process";
import manifest from "../package.json" with { type: "json" };
import { isChild, runInChild, VERIFIER } from "./in-child.ts";

async function run(args: readonly string[]): Promise<void> {
  const { verify } = await import("./verify/index.ts");
  const { processOptions } = await import("./verify/process-options.ts");
  process.exitCode = await verify(args, processOptions(manifest.version));
}

if (isChild) void run(process.argv.slice(2));
else void runInChild(VERIFIER);
