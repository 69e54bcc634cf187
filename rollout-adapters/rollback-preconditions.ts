import { readRevision } from "../google/revisions.ts";
import { missingParts } from "../google/rollback-target.ts";
import type { GatewayContext } from "./context.ts";

/** Why a rollback to a revision would fail, one sentence each; empty where it is possible. */
export async function rollbackIssues(
  { platform, google, signal }: GatewayContext,
  service: string,
  stable: string,
): Promise<string[]> {
  const revision = await readRevision(google, platform.names.service(service), stable, signal);
  if (revision === undefined) return [`${service} has no rollback: ${stable} no longer exists`];
  const notReady = revision.ready
    ? []
    : [
        `${service} has no rollback: ${stable} is not ready${revision.message === "" ? "" : ` (${revision.message})`}`,
      ];
  return [...notReady, ...(await missingParts(google, revision, signal))];
}
