import path from "node:path";
import { formatIssue } from "../platform/issue.ts";
import type { OwnStacks } from "../stacks/own-stacks.ts";
import { evaluate } from "./evaluate.ts";
import { loadEnvironments } from "./load-environments.ts";
import { discard, synthesize, type TerraformJson } from "./synthesize.ts";

/** What `npm start` would refuse and write. */
export interface CheckedProject {
  /** What is refused, each in one sentence; empty where everything is accepted. */
  readonly refused: readonly string[];
  /** The Terraform JSON by the name of the stack. */
  readonly stacks: Readonly<Record<string, TerraformJson>>;
}

/**
 * Synthesizes and checks environments of a project, for its unit tests. Nothing is written.
 *
 * @param environments their names @default all of them
 * @throws UserError where an environment cannot be loaded, or is not there
 */
export async function checkProject(
  project: OwnStacks & { readonly folder: string },
  environments: readonly string[] = [],
): Promise<CheckedProject> {
  const today = new Date().toISOString().slice(0, 10);
  const loaded = await loadEnvironments(path.join(project.folder, "environments"), environments, today);
  const all = [...loaded.environments, ...loaded.meshes];
  const synthesis = await synthesize(all, project);
  try {
    const issues = loaded.issues.flatMap((found) =>
      found.issues.map((issue) => `${found.environment}: ${formatIssue(issue)}`),
    );
    const findings = all.flatMap((environment) =>
      evaluate(environment, synthesis, today).errors.map(
        ({ rule, address, message, fix }) =>
          `${environment.name}: ${rule} at ${address}: ${message} Fix: ${fix}`,
      ),
    );
    const stacks = Object.fromEntries(synthesis.stacks.map(({ name, json }) => [name, json]));
    return { refused: [...issues, ...findings], stacks };
  } finally {
    discard(synthesis);
  }
}
