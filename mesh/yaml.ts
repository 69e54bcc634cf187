import { stringify } from "yaml";
import type { Manifest } from "./manifest.ts";

/** The objects as one stream for `kubectl apply -f`: the same text for the same environment, whatever the machine. */
export function manifestsYaml(environment: string, objects: readonly Manifest[]): string {
  const head = `# Written from environments/${environment}.ts by npm start; a change here is lost.\n`;
  return head + objects.map((object) => `---\n${stringify(object, { lineWidth: 0 })}`).join("");
}
