import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cachedBundle } from "../bundles/cached-bundle.ts";
import { platformPlan } from "../platform/plan.ts";
import { GATE_PROGRAM } from "../platform/preflight/preflight-gate.ts";
import type { Environment } from "../platform/schema/environment.ts";
import type { Synthesis } from "./synthesize.ts";

/**
 * Puts the program of the preflight gate next to the Terraform JSON of every preflight stack, so that the output folder can be moved
 * or archived as a whole.
 */
export async function writeGatePrograms(
  environments: readonly Environment[],
  synthesis: Synthesis,
): Promise<void> {
  const folders = environments
    .map(platformPlan)
    .flatMap((plan) => [plan, ...plan.furtherRegions])
    .map(({ names }) => path.join(synthesis.folder, "stacks", names.stack("preflight")))
    .filter(existsSync);
  if (folders.length === 0) return;
  const program = await gateProgram();
  for (const folder of folders) writeFileSync(path.join(folder, GATE_PROGRAM), program);
}

/** commands/gate.ts in one file that needs Node 20 or newer and nothing else. */
export async function gateProgram(): Promise<string> {
  const outputs = await cachedBundle("gate", import.meta.filename, {
    entryPoints: ["commands/gate.ts"],
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "eof",
  });
  return outputs[".js"] ?? "";
}
