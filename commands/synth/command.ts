import path from "node:path";
import { formatIssue } from "../../platform/issue.ts";
import { platformPlan } from "../../platform/plan.ts";
import { type AnyEnvironment, isMesh } from "../../platform/schema/mesh.ts";
import { UserError } from "../../platform/user-error.ts";
import { type Evaluation, evaluate } from "../../synthesis/evaluate.ts";
import { writeGatePrograms } from "../../synthesis/gate-program.ts";
import { loadEnvironments } from "../../synthesis/load-environments.ts";
import { manifestsFile, writeManifests } from "../../synthesis/manifests.ts";
import { refuseSourceFolder } from "../../synthesis/publish.ts";
import { belongsTo, discard, type Synthesis, synthesize } from "../../synthesis/synthesize.ts";
import { drawTopologies, topologyFile } from "../../synthesis/topologies.ts";
import { plural } from "../../values/words.ts";
import { colors } from "../colors.ts";
import type { Project } from "../project.ts";
import { findingsLines } from "./findings.ts";
import { meshReport } from "./mesh-report.ts";
import { pageFile, writeEnvironmentPage } from "./pages.ts";
import { progressLine } from "./progress.ts";
import { publishWithLocks } from "./publish-with-locks.ts";
import { environmentReport } from "./report.ts";

export interface SynthOptions {
  readonly project: Project;
  /** Names of environments; all where empty. */
  readonly environments: readonly string[];
  /** Folder that the output goes to. */
  readonly output: string;
  /** Print only findings and waivers, and draw neither pictures nor pages. */
  readonly quiet: boolean;
  /** Write the pages also where nothing has changed. */
  readonly report: boolean;
  /** YYYY-MM-DD, against which waivers expire. */
  readonly today: string;
}

/**
 * The main job: environments -> stacks -> JSON -> rules -> output. Nothing is written while there is an error.
 *
 * @returns the exit code: 0 fine, 1 refused, 2 usage error
 */
export async function synthCommand(options: SynthOptions): Promise<0 | 1 | 2> {
  const progress = progressLine();
  try {
    refuseSourceFolder(options.output, options.project.folder);
    const { environments, meshes, issues } = await loadEnvironments(
      path.join(options.project.folder, "environments"),
      options.environments,
      options.today,
    );
    const all = [...environments, ...meshes];
    progress.show(`Synthesizing ${plural(all.length, "environment")}`);
    const synthesis = await synthesize(all, options.project);
    try {
      const evaluations = all.map((environment) => {
        progress.show(`Checking ${environment.name} with the rules`);
        return evaluate(environment, synthesis, options.today);
      });
      progress.show("Drawing topologies and writing manifests");
      if (!options.quiet) await drawTopologies(environments, synthesis, options.output);
      await writeManifests(meshes, synthesis);
      await writeGatePrograms(environments, synthesis);
      progress.clear();
      const wrong = issues.flatMap(({ environment, issues }) =>
        issues.map((issue) => `${colors.bold(environment)}: ${formatIssue(issue)}`),
      );
      const refused = wrong.length + evaluations.reduce((sum, { errors }) => sum + errors.length, 0);
      const isOurs = (stack: string): boolean => all.some((environment) => belongsTo(stack, environment));
      const unlocked =
        refused === 0
          ? publishWithLocks(synthesis.folder, options.output, isOurs, options.project.folder)
          : [];
      report(options, all, synthesis, evaluations, wrong, refused);
      for (const sentence of unlocked) console.error(colors.yellow(sentence));
      if (refused === 0 && (!options.quiet || options.report))
        for (const [index, evaluation] of evaluations.entries()) {
          const environment = all[index];
          if (environment === undefined) continue;
          progress.show(`Writing the page of ${environment.name}`);
          const { output, project, today, report: isForced } = options;
          const { folder } = project;
          await writeEnvironmentPage(output, environment, evaluation, synthesis, { folder, today, isForced });
        }
      progress.clear();
      if (refused === 0 && !options.quiet) console.log(lastLine(evaluations));
      return refused === 0 ? 0 : 1;
    } finally {
      discard(synthesis);
    }
  } catch (error) {
    progress.clear();
    if (!(error instanceof UserError)) throw error;
    console.error(colors.red(error.message));
    return 2;
  }
}

function report(
  options: SynthOptions,
  environments: readonly AnyEnvironment[],
  synthesis: Synthesis,
  evaluations: readonly Evaluation[],
  wrong: readonly string[],
  errors: number,
): void {
  for (const [index, environment] of environments.entries()) {
    const evaluation = evaluations[index];
    if (evaluation === undefined) continue;
    const stacks = synthesis.stacks.filter(({ name }) => belongsTo(name, environment));
    if (!options.quiet) {
      const lines = isMesh(environment)
        ? meshReport(environment, stacks)
        : environmentReport(platformPlan(environment), stacks);
      console.log(lines.join("\n"));
    }
    const lines = findingsLines(environment, evaluation, options.quiet);
    if (lines.length > 0) (evaluation.errors.length > 0 ? console.error : console.log)(lines.join("\n"));
    if (!options.quiet && errors === 0) console.log(placeLines(options, environment).join("\n"));
  }
  if (wrong.length > 0)
    console.error([colors.bold("Wrong in environments/"), ...wrong.map((line) => `  ${line}`)].join("\n"));
  if (errors > 0) {
    console.error(
      colors.red(
        `\nRefused: ${plural(errors, "error")}. Nothing was written; ${options.output} is as it was.`,
      ),
    );
  }
}

/** For whoever reads one line. */
function lastLine(evaluations: readonly Evaluation[]): string {
  const sum = (of: (evaluation: Evaluation) => number): number =>
    evaluations.reduce((total, evaluation) => total + of(evaluation), 0);
  const resources = plural(
    sum((evaluation) => evaluation.resources),
    "resource",
  );
  const checked = `${plural(evaluations.length, "environment")}, ${resources}`;
  const warnings = sum((evaluation) => evaluation.warnings.length);
  return warnings === 0
    ? colors.green(`All is well: ${checked}, nothing refused.`)
    : colors.yellow(`Nothing refused: ${checked}, ${plural(warnings, "warning")} to read above.`);
}

function placeLines(options: SynthOptions, environment: AnyEnvironment): string[] {
  const also = isMesh(environment)
    ? [
        `    Manifests:      ${path.join(options.output, manifestsFile(environment))}`,
        `    Latency tests:  ${path.join(options.output, "k6", environment.name, "*.js")}`,
      ]
    : [`    Topology:       ${path.join(options.output, topologyFile(environment))}`];
  return [
    `  ${colors.cyan("Written")}`,
    `    Terraform JSON: ${path.join(options.output, "stacks", `${environment.prefix}-*`, "cdk.tf.json")}`,
    ...also,
    `    Page:           ${path.join(options.output, pageFile(environment))}`,
    "",
  ];
}
