import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { MeshEnvironment } from "../platform/schema/mesh.ts";
import type { Synthesis } from "./synthesize.ts";

/** File of an environment's Kubernetes objects, below the output folder. */
export function manifestsFile({ name }: MeshEnvironment): string {
  return path.join("kubernetes", `${name}.yaml`);
}

/** Writes the objects of the stack, for `kubectl apply -f`, and the latency tests for k6. */
export async function writeManifests(
  environments: readonly MeshEnvironment[],
  synthesis: Synthesis,
): Promise<void> {
  if (environments.length === 0) return;
  // Loaded here only: most projects have no mesh.
  const { manifests } = await import("../mesh/manifests.ts");
  const { manifestsYaml } = await import("../mesh/yaml.ts");
  const { k6Script } = await import("../mesh/latency/k6.ts");
  const { k6File, latencyPlans } = await import("../mesh/latency/plan.ts");
  for (const environment of environments) {
    write(synthesis, manifestsFile(environment), manifestsYaml(environment.name, manifests(environment)));
    for (const plan of latencyPlans(environment))
      write(synthesis, path.join("k6", k6File(plan)), k6Script(plan));
  }
}

function write(synthesis: Synthesis, name: string, text: string): void {
  const file = path.join(synthesis.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
