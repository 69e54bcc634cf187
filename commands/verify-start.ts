#!/usr/bin/env node
/** Starts the verifier as the package ships it, `verifier.js` next to this file. CommonJS on Node 20 or newer. */
import module from "node:module";
import path from "node:path";
import { setFlagsFromString } from "node:v8";

// A run is over before what the optimizing compiler makes in its own threads has paid for itself.
setFlagsFromString("--no-turbofan");
// Next to the code, and not where the system keeps what everybody may write; without effect where that is read-only.
module.enableCompileCache?.(path.join(import.meta.dirname, ".cache"));
module.createRequire(path.join(import.meta.dirname, "verify.js"))("./verifier.js");
