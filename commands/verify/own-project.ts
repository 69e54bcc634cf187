import { formatIssue } from "../../platform/issue.ts";
import { UserError } from "../../platform/user-error.ts";
import type { Subject } from "../../verification/subject.ts";
import { environmentsFolder, project } from "../project.ts";

/** The environments of this project, each synthesized into a temporary folder and read back. */
export async function ownProject(): Promise<readonly Subject[]> {
  // Loaded here only: verifying a path needs neither cdktf nor the provider.
  const { loadEnvironments } = await import("../../synthesis/load-environments.ts");
  const { discard, synthesize } = await import("../../synthesis/synthesize.ts");
  const today = new Date().toISOString().slice(0, 10);
  const { environments, meshes, issues } = await loadEnvironments(environmentsFolder(), [], today);
  const [wrong] = issues;
  const [first] = wrong?.issues ?? [];
  if (wrong !== undefined && first !== undefined)
    throw new UserError(
      `environments/${wrong.environment}.ts cannot be synthesized: ${formatIssue(first)} (npm run synth reports all issues)`,
    );
  const all = [...environments, ...meshes];
  const synthesis = await synthesize(all, project());
  try {
    return all.map((environment) => ({
      inputs: [`environment ${environment.name}`],
      graph: synthesis.graph(environment),
      waivers: environment.waivers,
      sourceLocation: () => `environments/${environment.name}.ts`,
    }));
  } finally {
    discard(synthesis);
  }
}
