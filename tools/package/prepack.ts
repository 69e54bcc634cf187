/** `npm pack` and `npm publish` run this first, and postpack.ts last. */
import process from "node:process";
import { restoreReadme, usePackageReadme } from "./readme.ts";

// Of a pack that was interrupted.
restoreReadme(process.cwd());
await import("./index.ts");
usePackageReadme(process.cwd());
