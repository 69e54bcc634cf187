import { ruleBook } from "../../rules/index.ts";
import type { Severity } from "../../rules/rule.ts";
import { ruleTexts } from "../../rules/texts.ts";
import { comparedWithBaseline } from "../../verification/baseline.ts";
import { evaluateSubjects, subjectsOfPaths } from "../../verification/evaluate.ts";
import { ownRules } from "../../verification/own-rules.ts";
import type { Report } from "../../verification/report/report.ts";
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
  const settings = await settingsIn(given.paths, cwd);
  const options = withSettings(given, settings);
  const { selection, baseline, failOn = "error" } = options;
  const own = options.rules === undefined ? [] : await ownRules(options.rules, cwd, ruleBook);
  checkSelection(selection, [...ruleTexts, ...own]);
  const subjects =
    options.paths.length > 0
      ? await subjectsOfPaths(options, cwd, { environment: variables, today })
      : await ownProject();
  const judged = evaluateSubjects(subjects, today, { selection, own });
  const report = { ...judged, notes: [...(settings.notes ?? []), ...judged.notes] };
  if (baseline === undefined) return { report, subjects, failOn };
  const { fresh, known, notes } = comparedWithBaseline(report.findings, baseline, cwd);
  const compared = { ...report, findings: fresh, known, notes: [...notes, ...report.notes] };
  return { report: compared, subjects, failOn };
}
