#!/usr/bin/env node
/** The verifier as the package ships it: bundled into one file, without a project of its own. */
import process from "node:process";
import manifest from "../package.json" with { type: "json" };
import { verify } from "./verify/index.ts";
import { processOptions } from "./verify/process-options.ts";

void verify(process.argv.slice(2), processOptions(manifest.version)).then((code) => {
  process.exitCode = code;
});
