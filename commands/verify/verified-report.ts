import { ruleBook } from "../../rules/index.ts";
import type { Report } from "../../rules/report/report.ts";
import type { Severity } from "../../rules/rule.ts";
import { ruleTexts } from "../../rules/texts.ts";
import { comparedWithBaseline } from "../../verification/baseline.ts";
import { evaluateSubjects, subjectOfPaths } from "../../verification/evaluate.ts";
import { ownRules } from "../../verification/own-rules.ts";
import { checkSelection } from "../../verification/selection.ts";
import { settingsIn } from "../../verification/settings.ts";
import type { Subject } from "../../verification/subject.ts";
import { type VerifyOptions, withSettings } from "./options.ts";

interface RunContext {
  readonly cwd: string;
  readonly today: string;
  /** The values of variables in the environment (TF_VAR_name), by name. */
  readonly variables: { readonly [name: string]: string };
}

/** What the rules say of the paths, or of this project without any, and from which severity on that fails. */
export async function verifiedReport(
  given: VerifyOptions,
  { cwd, today, variables }: RunContext,
  ownProject: () => Promise<readonly Subject[]>,
): Promise<{ readonly report: Report; readonly subjects: readonly Subject[]; readonly failOn: Severity }> {
  const options = withSettings(given, await settingsIn(given.paths, cwd));
  const { selection, baseline, failOn = "error" } = options;
  const own = options.rules === undefined ? [] : await ownRules(options.rules, cwd, ruleBook);
  checkSelection(selection, [...ruleTexts, ...own]);
  const subjects =
    options.paths.length > 0
      ? [await subjectOfPaths(options, cwd, { environment: variables, today })]
      : await ownProject();
  const report = evaluateSubjects(subjects, today, { selection, own });
  if (baseline === undefined) return { report, subjects, failOn };
  const { fresh, notes } = comparedWithBaseline(report.findings, baseline, cwd);
  return { report: { ...report, findings: fresh, notes: [...notes, ...report.notes] }, subjects, failOn };
}
