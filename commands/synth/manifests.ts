import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { MeshEnvironment } from "../../platform/schema/mesh.ts";
import type { Synthesis } from "./synthesize.ts";

/** Where the Kubernetes objects of an environment lie, below the output folder. */
export function manifestsFile({ name }: MeshEnvironment): string {
  return path.join("kubernetes", `${name}.yaml`);
}

/** Writes the same objects that the stack holds for those who deploy with `kubectl apply -f`. */
export async function writeManifests(
  environments: readonly MeshEnvironment[],
  synthesis: Synthesis,
): Promise<void> {
  if (environments.length === 0) return;
  // Loaded here only: most projects have no mesh.
  const { manifests } = await import("../../mesh/manifests.ts");
  const { manifestsYaml } = await import("../../mesh/yaml.ts");
  for (const environment of environments) {
    const file = path.join(synthesis.folder, manifestsFile(environment));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, manifestsYaml(environment.name, manifests(environment)));
  }
}
