import { plural } from "../../platform/plural.ts";
import type { Finding, Severity } from "../rule.ts";
import type { LocatedFinding } from "../run.ts";
import type { WaivedFinding } from "../waivers.ts";

/** What every format shows. */
export interface Report {
  /** Sorted by severity, rule and address. */
  readonly findings: readonly LocatedFinding[];
  readonly waived: readonly WaivedFinding[];
  /** How many resources were read. */
  readonly resources: number;
  /** What they were read from, as the user named it. */
  readonly inputs: readonly string[];
  /** What was not read, one sentence each. */
  readonly unread: readonly string[];
  /** Why something could not be read or evaluated to its end, one sentence each: less was checked than there is. */
  readonly gaveUp: readonly string[];
  /** What was assumed in reading, one sentence each. */
  readonly notes: readonly string[];
}

export function ofSeverity<F extends Finding>(findings: readonly F[], severity: Severity): F[] {
  return findings.filter((finding) => finding.severity === severity);
}

/** "2 errors, 1 warning, 3 unknown until apply, 1 waived"; what there is none of is left out. */
export function totals({ findings, waived }: Report): string {
  const count = (severity: Severity): number => ofSeverity(findings, severity).length;
  const parts = [
    some(count("error"), "error"),
    some(count("warning"), "warning"),
    count("unknown") === 0 ? "" : `${count("unknown")} unknown until apply`,
    waived.length === 0 ? "" : `${waived.length} waived`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "Nothing found" : parts.join(", ");
}

/** "Read 25 resources of plan.json." */
export function whatWasRead({ resources, inputs }: Report): string {
  return `Read ${some(resources, "resource") || "no resource"} of ${inputs.join(", ")}.`;
}

function some(count: number, noun: string): string {
  return count === 0 ? "" : plural(count, noun);
}
