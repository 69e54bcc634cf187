import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "../platform/schema/environment.ts";
import { topologyDot } from "../rules/topology/dot.ts";
import { topology } from "../rules/topology/topology.ts";
import type { Synthesis } from "./synthesize.ts";

/** File of an environment's diagram, below the output folder. */
export function topologyFile(environment: Environment): string {
  return path.join("topology", `${environment.name}.svg`);
}

/** Draws each environment into the synthesis, so that it is published with the rest. */
export async function drawTopologies(
  environments: readonly Environment[],
  synthesis: Synthesis,
): Promise<void> {
  // Loaded here only: the drawing engine costs more than the whole synthesis, and not every run needs it.
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  for (const environment of environments) {
    const dot = topologyDot(
      `${environment.name}: ${environment.project}, ${environment.region}`,
      topology(synthesis.graph(environment)),
    );
    const file = path.join(synthesis.folder, topologyFile(environment));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, viz.renderString(dot, { format: "svg" }));
  }
}
