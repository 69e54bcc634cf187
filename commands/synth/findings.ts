import type { AnyEnvironment } from "../../platform/schema/mesh.ts";
import type { Finding } from "../../rules/rule.ts";
import type { WaivedFinding } from "../../rules/waivers.ts";
import type { Evaluation } from "../../synthesis/evaluate.ts";
import { plural } from "../../values/words.ts";
import { colors } from "../colors.ts";

/** The findings of one environment, each with its fix; quiet leaves out environments without findings. */
export function findingsLines(environment: AnyEnvironment, evaluation: Evaluation, quiet: boolean): string[] {
  const groups = [
    { title: colors.red(plural(evaluation.errors.length, "error")), findings: evaluation.errors },
    { title: colors.yellow(plural(evaluation.warnings.length, "warning")), findings: evaluation.warnings },
    { title: `${evaluation.unknown.length} unknown until apply`, findings: evaluation.unknown },
    { title: `${evaluation.waived.length} waived`, findings: evaluation.waived.map(waiverAsFix) },
  ].filter(({ findings }) => findings.length > 0);
  const verdict = evaluation.errors.length > 0 ? colors.red("refused") : colors.green("nothing refused");
  const summary = `  ${colors.cyan("Rules")}  ${plural(evaluation.resources, "resource")} read back from the JSON: ${verdict}`;
  if (groups.length === 0) return quiet ? [] : [summary, ""];
  return [
    quiet ? colors.bold(environment.name) : summary,
    ...groups.flatMap(({ title, findings }) => [`    ${title}`, ...findings.flatMap(findingLines)]),
    "",
  ];
}

/** A waived finding shows the reason and the last day instead of the fix. */
function waiverAsFix({ waiver, ...finding }: WaivedFinding): Finding {
  return { ...finding, fix: `waived until ${waiver.expires}: ${waiver.reason}` };
}

function findingLines(finding: Finding): string[] {
  const location = finding.path === null ? finding.address : `${finding.address} (${finding.path})`;
  return [
    `      ${finding.rule} at ${location}`,
    `        ${finding.message}`,
    `        Fix: ${finding.fix}`,
  ];
}
