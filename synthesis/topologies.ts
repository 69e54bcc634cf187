import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { topologyDot } from "../analysis/topology/dot.ts";
import { topology } from "../analysis/topology/topology.ts";
import type { Environment } from "../platform/schema/environment.ts";
import type { Synthesis } from "./synthesize.ts";

/** File of an environment's diagram, below the output folder. */
export function topologyFile(environment: Environment): string {
  return path.join("topology", `${environment.name}.svg`);
}

/**
 * Draws each environment into the synthesis, so that it is published with the rest.
 *
 * @param last folder of the previous output: what it shows of an unchanged graph is taken over, because laying out a picture
 *     takes longer than everything else
 */
export async function drawTopologies(
  environments: readonly Environment[],
  synthesis: Synthesis,
  last: string,
): Promise<void> {
  for (const environment of environments) {
    const dot = topologyDot(
      `${environment.name}: ${environment.project}, ${environment.region}`,
      topology(synthesis.graph(environment)),
    );
    const name = topologyFile(environment);
    const file = path.join(synthesis.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, drawnBefore(path.join(last, name), dot) ?? (await draw(dot)));
  }
}

/** The picture ends with a seal on it and on its graph: it is drawn again where either has changed. */
async function draw(dot: string): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const svg = (await instance()).renderString(dot, { format: "svg" });
  return svg + seal(dot, svg);
}

function drawnBefore(file: string, dot: string): string | undefined {
  try {
    const picture = readFileSync(file, "utf8");
    return picture.endsWith(seal(dot, picture.slice(0, -SEAL_LENGTH))) ? picture : undefined;
  } catch {
    // There is none.
    return undefined;
  }
}

function seal(dot: string, svg: string): string {
  return `<!-- sha256 ${createHash("sha256").update(dot).update(svg).digest("hex")} -->\n`;
}

const SEAL_LENGTH = seal("", "").length;
