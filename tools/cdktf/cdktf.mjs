#!/usr/bin/env node
/** `npx cdktf diff STACK`: the CLI of CDKTF, which is the part tools/optional/cdktf-cli. */
import process from "node:process";

process.argv.splice(2, 0, "cdktf-cli", "cdktf");
await import("../optional.mjs");
