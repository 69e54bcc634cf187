import process from "node:process";
import manifest from "../package.json" with { type: "json" };
import { isChild, runInChild, VERIFIER } from "./in-child.ts";

/** The verifier, which without a path verifies the project. */
export async function start(args: readonly string[]): Promise<void> {
  if (!isChild) return runInChild(VERIFIER);
  const { verify } = await import("./verify/index.ts");
  const { ownProject } = await import("./verify/own-project.ts");
  const { processOptions } = await import("./verify/process-options.ts");
  process.exitCode = await verify(args, { ...processOptions(manifest.version), ownProject });
}
