import process from "node:process";
import manifest from "../package.json" with { type: "json" };
import { verify } from "./verify/index.ts";
import { ownProject } from "./verify/own-project.ts";
import { processOptions } from "./verify/process-options.ts";

/** The verifier, which without a path verifies the project. */
export async function start(args: readonly string[]): Promise<void> {
  process.exitCode = await verify(args, { ...processOptions(manifest.version), ownProject });
}
