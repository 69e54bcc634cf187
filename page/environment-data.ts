import { type AnyEnvironment, isMesh } from "../platform/schema/mesh.ts";
import type { Finding } from "../rules/rule.ts";
import type { LocatedFinding } from "../rules/run.ts";
import type { WaivedFinding } from "../rules/waivers.ts";
import { minutesIn } from "./controls.ts";
import type { EnvironmentData, MeshData, PageFinding } from "./data.ts";

/** What the rules say of an environment. */
export interface EnvironmentFindings {
  readonly findings: readonly LocatedFinding[];
  readonly waived: readonly WaivedFinding[];
  /** How many resources they read. */
  readonly resources: number;
}

/**
 * What the page of an environment shows in addition to its picture.
 *
 * @param source the text of its file
 */
export function environmentData(
  environment: AnyEnvironment,
  { findings, waived, resources }: EnvironmentFindings,
  today: string,
  source: string,
): Omit<EnvironmentData, "picture"> | MeshData {
  const { name, ...input } = environment;
  const common = { name, today, findings: pageFindings(findings, waived), resources };
  return isMesh(environment)
    ? { kind: "mesh", ...common, environment }
    : { kind: "environment", ...common, input, minutes: minutesIn(source) };
}

/** Waived findings last, with the reason and the last day of their waiver. */
export function pageFindings(
  findings: readonly (Finding & { readonly origin?: string })[],
  waived: readonly WaivedFinding[],
): PageFinding[] {
  return [...findings, ...waived].map(({ path: _, ...finding }) => ({ origin: "", ...finding }));
}
