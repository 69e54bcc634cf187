import { UserError } from "../platform/user-error.ts";
import { NO_STABLE, stableVariable } from "../platform/workloads/rollout.ts";
import { rolloutUnits } from "../platform/workloads/rollout-units.ts";
import type { RolloutClient } from "../rollout/client.ts";
import { LATEST, type ObservedService } from "../rollout/observed.ts";
import { isNotEnabled } from "./stable-variables.ts";

type Client = Pick<RolloutClient, "observe" | "shift">;

/**
 * Names the first revision of every service that a deployment has created. Before it there was none to name, the newest got
 * all traffic, and the next plan, which states the revision by name, was not empty. No traffic moves: the same revision serves.
 *
 * A service of which that is not certain keeps what it has: the next plan names its revision.
 *
 * @param values the services' variables that the deployment was planned with
 * @returns one sentence for each service that was created
 */
export async function nameFirstRevisions(
  client: Client,
  platform: Parameters<typeof rolloutUnits>[0],
  values: ReadonlyMap<string, string>,
): Promise<string[]> {
  const planned = rolloutUnits(platform).filter(({ name }) => values.get(stableVariable(name)) === NO_STABLE);
  const sentences = await Promise.all(planned.map(({ name }) => nameFirstRevision(client, name)));
  return sentences.flatMap((sentence) => sentence ?? []);
}

/** @returns undefined where the service was not created */
async function nameFirstRevision(client: Client, service: string): Promise<string | undefined> {
  try {
    const observed = await client.observe(service);
    if (observed === null) return undefined;
    const revision = onlyRevision(observed);
    if (revision === undefined) return `${service}: its first revision does not have all traffic yet.`;
    const split = { stable: revision, candidate: null, percent: 0 };
    const result = await client.shift({ service, etag: observed.etag, split });
    if (result.kind === "written") return `${service}: ${revision}, its first revision, keeps the traffic.`;
    return `${service}: the next plan names its first revision, ${revision}: ${
      result.kind === "conflict" ? "the service was changed at the same time" : result.why
    }`;
  } catch (error) {
    if (isNotEnabled(error)) return undefined;
    if (!(error instanceof UserError)) throw error;
    return `${service}: the next plan names its first revision: ${error.message}`;
  }
}

/** The revision that serves as the newest one, where no other exists or is being created. */
function onlyRevision({ latestCreated, latestReady, asked, serving, reconciling }: ObservedService) {
  const followsNewest = asked.some(({ revision, percent }) => revision === LATEST && percent === 100);
  const hasAll = serving.some(({ revision, percent }) => revision === latestReady && percent === 100);
  if (reconciling || latestReady === null || latestReady !== latestCreated) return undefined;
  return followsNewest && hasAll ? latestReady : undefined;
}
