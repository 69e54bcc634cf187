import { readFileSync } from "node:fs";
import path from "node:path";
import { topology } from "../../analysis/topology/topology.ts";
import { environmentData } from "../../page/environment-data.ts";
import { writePage } from "../../page/write.ts";
import { type AnyEnvironment, isMesh } from "../../platform/schema/mesh.ts";
import type { Evaluation } from "../../synthesis/evaluate.ts";
import type { Synthesis } from "../../synthesis/synthesize.ts";

/** File of an environment's page, below the output folder. */
export function pageFile({ name }: AnyEnvironment): string {
  return path.join("report", `${name}.html`);
}

/**
 * Writes the page of an environment into the output folder, where something has changed since the last time or it is forced.
 *
 * @param folder of the project
 */
export async function writeEnvironmentPage(
  output: string,
  environment: AnyEnvironment,
  { errors, warnings, unknown, waived, resources }: Evaluation,
  synthesis: Synthesis,
  {
    folder,
    today,
    isForced,
  }: { readonly folder: string; readonly today: string; readonly isForced: boolean },
): Promise<void> {
  await writePage(
    path.join(output, pageFile(environment)),
    environment.name,
    environmentData(
      environment,
      { findings: [...errors, ...warnings, ...unknown], waived, resources },
      today,
      readFileSync(path.join(folder, "environments", `${environment.name}.ts`), "utf8"),
    ),
    isMesh(environment) ? undefined : topology(synthesis.graph(environment)),
    isForced,
  );
}
