import type { Environment } from "../platform/schema/environment.ts";
import type { Finding } from "../rules/rule.ts";
import type { LocatedFinding } from "../rules/run.ts";
import type { WaivedFinding } from "../rules/waivers.ts";
import type { EnvironmentData, PageFinding } from "./data.ts";

/** What the rules say of an environment. */
export interface EnvironmentFindings {
  readonly findings: readonly LocatedFinding[];
  readonly waived: readonly WaivedFinding[];
  /** How many resources they read. */
  readonly resources: number;
}

/** What the page of an environment shows in addition to its picture. */
export function environmentData(
  { name, ...input }: Environment,
  { findings, waived, resources }: EnvironmentFindings,
  today: string,
): Omit<EnvironmentData, "picture"> {
  return { kind: "environment", name, today, input, findings: pageFindings(findings, waived), resources };
}

/** Waived findings last, with the reason and the last day of their waiver. */
export function pageFindings(
  findings: readonly (Finding & { readonly origin?: string })[],
  waived: readonly WaivedFinding[],
): PageFinding[] {
  return [...findings, ...waived].map(({ path: _, ...finding }) => ({ origin: "", ...finding }));
}
