import type { AnyEnvironment } from "../platform/schema/mesh.ts";
import type { Finding } from "../rules/rule.ts";
import { type LocatedFinding, runRules } from "../rules/run.ts";
import { applyWaivers, type WaivedFinding } from "../rules/waivers.ts";
import type { Synthesis } from "./synthesize.ts";

/** Findings of the rules in one environment, read from the JSON that Terraform will read. */
export interface Evaluation {
  readonly errors: readonly LocatedFinding[];
  readonly warnings: readonly LocatedFinding[];
  /** Unknown until apply. */
  readonly unknown: readonly LocatedFinding[];
  /** Errors and warnings that a waiver accepts. */
  readonly waived: readonly WaivedFinding[];
  readonly resources: number;
}

export function evaluate(environment: AnyEnvironment, synthesis: Synthesis, today: string): Evaluation {
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
