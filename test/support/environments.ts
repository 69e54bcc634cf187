import { parseEnvironment, parseMeshEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import type { Environment, EnvironmentInput } from "../../platform/schema/environment.ts";
import type { MeshEnvironment, MeshEnvironmentInput } from "../../platform/schema/mesh.ts";
import { environment as meshInput } from "../fixtures/environments/meta-studio.ts";
import { environment as productionInput } from "../fixtures/environments/production.ts";
import { environment as stagingInput } from "../fixtures/environments/staging.ts";

/** The day on which waivers of tests are judged. */
export const TODAY = "2026-11-21";

/** Anything may be wrong in it: what TypeScript would refuse reaches the schema all the same. */
// biome-ignore lint/suspicious/noExplicitAny: wrong input is what these tests write
export type Draft = any;

/** A copy of staging's input that a test may spoil. */
export function stagingDraft(change: (draft: Draft) => void = () => {}): EnvironmentInput {
  const draft = structuredClone(stagingInput);
  change(draft);
  return draft;
}

/** The environment with the change applied; throws with all issues where it is rejected. */
export function environment(change?: (draft: Draft) => void, name = "staging"): Environment {
  const parsed = parseEnvironment(name, stagingDraft(change), TODAY);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  return parsed.environment;
}

/** A copy of production's input that a test may spoil. */
export function productionDraft(): EnvironmentInput {
  return structuredClone(productionInput);
}

export function production(): Environment {
  const parsed = parseEnvironment("production", productionInput, TODAY);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  return parsed.environment;
}

/** What a person would read about staging with the change; empty where it is accepted. */
export function issues(change: (draft: Draft) => void): string[] {
  const parsed = parseEnvironment("staging", stagingDraft(change), TODAY);
  return parsed.ok ? [] : parsed.issues.map(formatIssue);
}

/** A copy of meta-studio's input that a test may spoil. */
export function meshDraft(change: (draft: Draft) => void = () => {}): MeshEnvironmentInput {
  const draft = structuredClone(meshInput);
  change(draft);
  return draft;
}

/** meta-studio with the change applied; throws with all issues where it is rejected. */
export function meshEnvironment(change?: (draft: Draft) => void): MeshEnvironment {
  const parsed = parseMeshEnvironment("meta-studio", meshDraft(change), TODAY);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  return parsed.environment;
}

/** What a person would read about meta-studio with the change; empty where it is accepted. */
export function meshIssues(change: (draft: Draft) => void): string[] {
  const parsed = parseMeshEnvironment("meta-studio", meshDraft(change), TODAY);
  return parsed.ok ? [] : parsed.issues.map(formatIssue);
}
