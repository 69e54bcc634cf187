import path from "node:path";
import process from "node:process";
import manifest from "../package.json" with { type: "json" };
import { verify } from "./verify/index.ts";
import { ownProject } from "./verify/own-project.ts";
import { processOptions } from "./verify/process-options.ts";

const root = path.dirname(import.meta.dirname);

process.exitCode = await verify(process.argv.slice(2), {
  ...processOptions(manifest.version),
  ownProject: () => ownProject(root),
});
