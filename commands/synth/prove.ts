import type { AnyEnvironment } from "../../platform/schema/mesh.ts";
import { plural } from "../../platform/sentence.ts";
import type { Finding } from "../../rules/rule.ts";
import { runRules } from "../../rules/run.ts";
import { applyWaivers, type WaivedFinding } from "../../rules/waivers.ts";
import { colors } from "../colors.ts";
import type { Synthesis } from "./synthesize.ts";

/** What the rule book says of one environment, read from the JSON that Terraform will read. */
export interface Proof {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** What the rules could not tell before the apply. */
  readonly unknown: readonly Finding[];
  /** What would be an error or a warning without a waiver. */
  readonly waived: readonly WaivedFinding[];
  readonly resources: number;
}

export function prove(environment: AnyEnvironment, synthesis: Synthesis, today: string): Proof {
  const graph = synthesis.graph(environment);
  const { findings, waived } = applyWaivers(runRules(graph), environment.waivers, today);
  const of = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity);
  return {
    errors: of("error"),
    warnings: of("warning"),
    unknown: of("unknown"),
    waived,
    resources: graph.all().length,
  };
}

/** The findings of one environment, each with what to do; quiet leaves out what is fine. */
export function proofLines(environment: AnyEnvironment, proof: Proof, quiet: boolean): string[] {
  const groups = [
    { title: colors.red(plural(proof.errors.length, "error")), findings: proof.errors },
    { title: colors.yellow(plural(proof.warnings.length, "warning")), findings: proof.warnings },
    { title: `${proof.unknown.length} could not be told before the apply`, findings: proof.unknown },
    { title: `${proof.waived.length} waived`, findings: proof.waived.map(withReason) },
  ].filter(({ findings }) => findings.length > 0);
  const verdict = proof.errors.length > 0 ? colors.red("refused") : colors.green("nothing refused");
  const summary = `  ${colors.cyan("Rules")}  ${plural(proof.resources, "resource")} read back from the JSON: ${verdict}`;
  if (groups.length === 0) return quiet ? [] : [summary, ""];
  return [
    quiet ? colors.bold(environment.name) : summary,
    ...groups.flatMap(({ title, findings }) => [`    ${title}`, ...findings.flatMap(findingLines)]),
    "",
  ];
}

/** What is waived is told with the reason and the last day instead of the fix. */
function withReason({ waiver, ...finding }: WaivedFinding): Finding {
  return { ...finding, fix: `waived until ${waiver.expires}: ${waiver.reason}` };
}

function findingLines(finding: Finding): string[] {
  const place = finding.path === null ? finding.address : `${finding.address} (${finding.path})`;
  return [`      ${finding.rule} at ${place}`, `        ${finding.message}`, `        Fix: ${finding.fix}`];
}
