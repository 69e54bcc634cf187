import { type GivenVariable, readGraph } from "../graph/index.ts";
import { sumOfChecks } from "../rules/checks.ts";
import type { Report } from "../rules/report/report.ts";
import { evaluateRules, sorted } from "../rules/run.ts";
import { ruleTexts } from "../rules/texts.ts";
import { applyWaivers } from "../rules/waivers.ts";
import { sourceLocations } from "./source-locations.ts";
import type { Subject } from "./subject.ts";
import { readWaiverFile, waiverFilesIn } from "./waiver-file.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** Input of a verification. */
export interface VerifiedInput {
  readonly paths: readonly string[];
  /** "KIND:NAME" of what exists although the input does not define it. */
  readonly external: readonly string[];
  /** True where what the paths do not define does not exist. */
  readonly complete: boolean;
  /** Variables of `--var-file` and `--var`, in their order. */
  readonly variables: readonly GivenVariable[];
  /** File of waivers. @default verify.waivers.json in a folder that is verified */
  readonly waivers: string | undefined;
}

/** All paths as one subject: one may use what another defines. */
export async function subjectOfPaths(
  options: VerifiedInput,
  cwd: string,
  environment: { readonly [variable: string]: string },
): Promise<Subject> {
  const files = options.waivers === undefined ? waiverFilesIn(options.paths, cwd) : [options.waivers];
  const decided = files.map((file) => readWaiverFile(file, cwd, ruleTexts));
  const external = [...options.external, ...decided.flatMap((file) => file.external)];
  return {
    inputs: options.paths,
    graph: await readGraph(options.paths, {
      external,
      whole: options.complete,
      variables: { environment, given: options.variables },
    }),
    waivers: decided.flatMap((file) => file.waivers),
    sourceLocation: sourceLocations(options.paths, cwd),
  };
}

/** Evaluates each subject by itself, and reports all together. */
export function evaluateSubjects(subjects: readonly Subject[], today: string): Report {
  const evaluated = subjects.map((subject) => {
    const judged = evaluateRules(subject.graph);
    const { findings, waived } = applyWaivers(judged.findings, subject.waivers, today);
    const placed = <F extends { readonly origin: string }>(finding: F): F => ({
      ...finding,
      origin: subject.sourceLocation(finding.origin),
    });
    return { findings: findings.map(placed), waived: waived.map(placed), checks: judged.checks };
  });
  const report: Report = {
    findings: sorted(evaluated.flatMap(({ findings }) => findings)),
    waived: evaluated.flatMap(({ waived }) => waived),
    resources: subjects.reduce((sum, { graph }) => sum + graph.all().length, 0),
    inputs: subjects.flatMap(({ inputs }) => inputs),
    unread: subjects.flatMap(({ graph }) => graph.unread),
    gaveUp: [...subjects.flatMap(({ graph }) => graph.gaveUp), ...nothingRead(subjects)],
    notes: subjects.flatMap(({ graph }) => graph.notes),
    checks: sumOfChecks(evaluated.map(({ checks }) => checks)),
  };
  return withoutSecrets(
    report,
    subjects.map(({ graph }) => graph),
  );
}

/** Without any resource, a report without findings would look as if all were well although nothing was checked. */
function nothingRead(subjects: readonly Subject[]): string[] {
  const isEmpty = subjects.every(
    ({ graph }) => graph.all().length + graph.data().length + graph.removed.length === 0,
  );
  return isEmpty ? [`No resource was found in ${subjects.flatMap(({ inputs }) => inputs).join(", ")}.`] : [];
}
