import type { CheckCount } from "../../rules/checks.ts";
import type { Finding, Severity } from "../../rules/rule.ts";
import type { LocatedFinding } from "../../rules/run.ts";
import type { WaivedFinding } from "../../rules/waivers.ts";
import { plural } from "../../values/words.ts";

/** What every format shows. */
export interface Report {
  /** Sorted by severity, rule and address. */
  readonly findings: readonly LocatedFinding[];
  readonly waived: readonly WaivedFinding[];
  /** Those of a baseline, which do not count. @default none */
  readonly known?: readonly LocatedFinding[];
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
  readonly checks: CheckCount;
}

/** File and line of an origin such as "infra/edge.tf:12". */
export function sourceLocation(origin: string): { readonly file: string; readonly line: number | null } {
  const [, file = origin, line] = /^(.*?)(?::(\d+))?$/s.exec(origin) ?? [];
  return { file, line: line === undefined ? null : Number(line) };
}

export function ofSeverity<F extends Finding>(findings: readonly F[], severity: Severity): F[] {
  return findings.filter((finding) => finding.severity === severity);
}

/** Errors by what they are about: what breaks, and what is open to people who should not get in. */
export function errorsOf<F extends Finding>(
  findings: readonly F[],
): { readonly breaking: F[]; readonly security: F[] } {
  const errors = ofSeverity(findings, "error");
  return {
    breaking: errors.filter(({ category }) => category === undefined),
    security: errors.filter(({ category }) => category === "security"),
  };
}

/** "2 errors, 1 security error, 1 warning, 3 unknown, 1 waived"; what there is none of is left out. */
export function totals({ findings, waived }: Report): string {
  const count = (severity: Severity): number => ofSeverity(findings, severity).length;
  const { breaking, security } = errorsOf(findings);
  const parts = [
    some(breaking.length, "error"),
    some(security.length, "security error"),
    some(count("warning"), "warning"),
    count("unknown") === 0 ? "" : `${count("unknown")} unknown`,
    waived.length === 0 ? "" : `${waived.length} waived`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "Nothing found" : parts.join(", ");
}

/** What would settle open checks and is named. */
const MAX_NAMED_INPUTS = 5;

/** "412 checks were made; 9 could not be, most of them for want of variable tier (6) ..." */
export function whatWasChecked({ checks: { made, open, inputs } }: Report): string {
  const done = `${plural(made, "check")} ${made === 1 ? "was" : "were"} made`;
  if (open === 0) return `${done}.`;
  const named = inputs.slice(0, MAX_NAMED_INPUTS).map(([input, checks]) => `${input} (${checks})`);
  const more = inputs.length - named.length;
  return `${done}, ${open} could not be. They depend on ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}

/** "Read 25 resources of plan.json." */
export function whatWasRead({ resources, inputs }: Report): string {
  return `Read ${some(resources, "resource") || "no resource"} of ${inputs.join(", ")}.`;
}

function some(count: number, noun: string): string {
  return count === 0 ? "" : plural(count, noun);
}
