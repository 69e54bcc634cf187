import path from "node:path";
import { formatIssue } from "../platform/issue.ts";
import { UserError } from "../platform/user-error.ts";
import type { OwnStacks } from "../stacks/own-stacks.ts";
import { suggestion } from "../values/nearest.ts";
import { Template } from "./template.ts";

/** What `npm start` would refuse and write. */
export interface CheckedProject {
  /** What is refused, each in one sentence; empty where everything is accepted. */
  readonly refused: readonly string[];
  /**
   * The JSON of one stack.
   *
   * @param stack its name, for example "staging-network"
   * @throws UserError where there is no such stack
   */
  template(stack: string): Template;
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
  // Loaded here only: unit tests of stacks need no platform.
  const { loadEnvironments } = await import("../synthesis/load-environments.ts");
  const { evaluate } = await import("../synthesis/evaluate.ts");
  const { discard, synthesize } = await import("../synthesis/synthesize.ts");
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
    const stacks = new Map(synthesis.stacks.map(({ name, json }) => [name, json]));
    return {
      refused: [...issues, ...findings],
      template: (stack) => {
        const json = stacks.get(stack);
        if (json === undefined)
          throw new UserError(`There is no stack "${stack}": ${suggestion(stack, [...stacks.keys()])}`);
        return Template.fromString(JSON.stringify(json));
      },
    };
  } finally {
    discard(synthesis);
  }
}
