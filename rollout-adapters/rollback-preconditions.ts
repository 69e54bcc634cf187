import { readRevision } from "../google/revisions.ts";
import { missingParts } from "../google/rollback-target.ts";
import { platformPlan } from "../platform/plan.ts";
import type { GatewayContext } from "./context.ts";

/** Why there would be no rollback to a revision, one sentence each; empty where there is one. */
export async function rollbackIssues(
  { environment, place, signal }: GatewayContext,
  service: string,
  stable: string,
): Promise<string[]> {
  const revision = await readRevision(
    place,
    platformPlan(environment).names.service(service),
    stable,
    signal,
  );
  if (revision === undefined) return [`${service} cannot go back: ${stable} is gone`];
  const notReady = revision.ready
    ? []
    : [
        `${service} cannot go back: ${stable} is not ready${revision.message === "" ? "" : ` (${revision.message})`}`,
      ];
  return [...notReady, ...(await missingParts(place, revision, signal))];
}
