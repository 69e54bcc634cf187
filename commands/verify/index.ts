import pc from "picocolors";
import { UserError } from "../../platform/user-error.ts";
import { printable } from "../../reporting/escape.ts";
import type { Subject } from "../../verification/subject.ts";
import { parseOptions, type VerifyOptions } from "./options.ts";

/** What the command uses of its process. */
export interface RunOptions {
  /** Folder that paths are relative to. */
  readonly cwd: string;
  /** YYYY-MM-DD, against which waivers expire. */
  readonly today: string;
  /** The values of variables in the environment (TF_VAR_name), by name. */
  readonly variables: { readonly [name: string]: string };
  /** True on a terminal. */
  readonly colors: boolean;
  readonly version: string;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** What is verified without a path; undefined where there is no such thing. */
  readonly ownProject?: () => Promise<readonly Subject[]>;
}

/** @returns the exit code: 0 nothing found, 1 findings of the chosen severity, 2 usage error, unreadable input, or input that could not be checked to its end */
export async function verify(args: readonly string[], run: RunOptions): Promise<0 | 1 | 2> {
  const { ownProject, write, writeError } = run;
  try {
    const hasOwnProject = ownProject !== undefined;
    const options = parseOptions(args, { version: run.version, hasOwnProject, write });
    if (options === undefined) return 0;
    if (options.explain !== undefined) return await explainRule(options.explain, run);
    // The first sign of life: reader and rules are loaded after it.
    if (options.format === "text")
      write(`${printable(`Reading ${options.paths.join(", ") || "this project"} ...`)}\n\n`);
    return await evaluate(options, run);
  } catch (problem) {
    writeError(`${pc.createColors(run.colors).red(printable(sentence(problem)))}\n`);
    return 2;
  }
}

async function explainRule(id: string, { colors, write }: RunOptions): Promise<0> {
  const { explain } = await import("../../verification/report/explain.ts");
  const { ruleTexts } = await import("../../rules/texts.ts");
  write(`${explain(id, ruleTexts, pc.createColors(colors))}\n`);
  return 0;
}

async function evaluate(options: VerifyOptions, run: RunOptions): Promise<0 | 1 | 2> {
  const { verifiedReport } = await import("./verified-report.ts");
  const { isAtLeast } = await import("../../rules/run.ts");
  const { report, subjects, failOn } = await verifiedReport(options, run, () => own(options, run));
  const text =
    options.format === "html"
      ? await (await import("./page.ts")).pageReport(report, subjects, run.today)
      : (await import("./formatted.ts")).formatted(report, options.format, run);
  run.write(`${text}
`);
  if (report.gaveUp.length > 0) return 2;
  return report.findings.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
}

async function own(options: VerifyOptions, { ownProject }: RunOptions): Promise<readonly Subject[]> {
  if (ownProject === undefined)
    throw new UserError(
      "Name what to verify: a folder of Terraform or Kubernetes YAML, a cdktf.out, a plan or a state. See --help.",
    );
  const { waivers, external, complete, variables } = options;
  if (waivers !== undefined || external.length > 0 || complete || variables.length > 0)
    throw new UserError(
      "--waivers, --external, --complete, --var and --var-file need a path: this project's own numbers and waivers are in its environments.",
    );
  return ownProject();
}

/** A usage error as it is; anything else in one sentence too, as a defect of this program. */
function sentence(problem: unknown): string {
  if (problem instanceof UserError) return problem.message;
  if (problem instanceof Error && problem.name === "InputError") return problem.message;
  const reason = problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
  return `The verifier itself failed (${reason.split("\n")[0]}): please report it together with the input.`;
}
