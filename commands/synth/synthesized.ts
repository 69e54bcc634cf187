import path from "node:path";
import { type AnyEnvironment, isMesh } from "../../platform/schema/mesh.ts";
import { UserError } from "../../platform/user-error.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { writeGatePrograms } from "../../synthesis/gate-program.ts";
import { writeManifests } from "../../synthesis/manifests.ts";
import { refuseSourceFolder } from "../../synthesis/publish.ts";
import { belongsTo, discard, synthesize } from "../../synthesis/synthesize.ts";
import { type StackFolder, stackFolders } from "../../terraform/stack-folders.ts";
import { plural } from "../../values/words.ts";
import { colors } from "../colors.ts";
import { today } from "../command.ts";
import { project } from "../project.ts";
import { findingsLines } from "./findings.ts";
import { progressLine } from "./progress.ts";
import { publishWithLocks } from "./publish-with-locks.ts";

/** The rules refuse the environment; synth refuses it with the same message. */
export class Refused extends UserError {}

/**
 * Synthesizes one environment into the output folder as `npm start` does, and prints nothing but providers without checksums.
 *
 * @returns its stacks, ready for Terraform
 * @throws Refused where the rules refuse it; nothing was written
 */
export async function synthesizedStacks(
  environment: AnyEnvironment,
  output: string,
): Promise<readonly StackFolder[]> {
  refuseSourceFolder(output, project().folder);
  const isOurs = (stack: string): boolean => belongsTo(stack, environment);
  const progress = progressLine();
  progress.show(`Synthesizing and checking ${environment.name}`);
  const synthesis = await synthesize([environment], project());
  let unlocked: string[] = [];
  try {
    const evaluation = evaluate(environment, synthesis, today());
    if (evaluation.errors.length > 0) {
      throw new Refused(
        [
          ...findingsLines(environment, { ...evaluation, warnings: [], unknown: [], waived: [] }, true),
          `Refused: ${plural(evaluation.errors.length, "error")}. Nothing was written; ${output} is as it was.`,
        ].join("\n"),
      );
    }
    if (isMesh(environment)) await writeManifests([environment], synthesis);
    else await writeGatePrograms([environment], synthesis);
    unlocked = publishWithLocks(synthesis.folder, output, isOurs, project().folder);
  } finally {
    progress.clear();
    discard(synthesis);
  }
  for (const sentence of unlocked) console.error(colors.yellow(sentence));
  return stackFolders(path.resolve(output), isOurs);
}
