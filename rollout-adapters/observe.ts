import { readRevision } from "../google/revisions.ts";
import { type CloudRunService, readService, type TrafficTarget } from "../google/services.ts";
import { LATEST, type ObservedRevision, type ObservedService, type Target } from "../rollout/observed.ts";
import type { GatewayContext } from "./context.ts";

/** The current state of a service, as the rollout and as Cloud Run represent it. */
export interface Seen {
  readonly observed: ObservedService;
  readonly raw: CloudRunService;
}

/**
 * @param service name in the environment
 * @param known revisions that the ledger names
 * @returns null where the service does not exist
 */
export async function observe(
  { platform, google, signal }: GatewayContext,
  service: string,
  known: readonly string[],
): Promise<Seen | null> {
  const name = platform.names.service(service);
  const raw = await readService(google, name, signal);
  if (raw === undefined) return null;
  const { latestCreated = null, latestReady = null } = raw;
  const asked = raw.traffic.map(toTarget);
  // Cloud Run omits the revision for the latest one.
  const serving = raw.trafficStatuses.map(toTarget).map((target) => ({
    ...target,
    revision: target.revision === LATEST ? (latestReady ?? LATEST) : target.revision,
  }));
  const named = [
    latestCreated,
    latestReady,
    ...[...asked, ...serving].map(({ revision }) => revision),
    ...known,
  ];
  const wanted = [...new Set(named)].filter((one): one is string => one !== null && one !== LATEST);
  const revisions: Record<string, ObservedRevision> = {};
  await Promise.all(
    wanted.map(async (revision) => {
      const found = await readRevision(google, name, revision, signal);
      if (found === undefined) return;
      revisions[revision] = { ready: found.ready, image: found.image ?? "", template: found.template };
    }),
  );
  const terminal = raw.succeeded === undefined ? "pending" : raw.succeeded ? "succeeded" : "failed";
  const { etag, reconciling, message } = raw;
  return {
    raw,
    observed: {
      service,
      etag,
      reconciling,
      terminal,
      message,
      latestCreated,
      latestReady,
      asked,
      serving,
      revisions,
    },
  };
}

function toTarget({ revision, percent = 0, tag }: TrafficTarget): Target {
  return { revision: revision ?? LATEST, percent, ...(tag === undefined ? {} : { tag }) };
}

/** A traffic entry of Cloud Run; 0 percent is omitted, as Google does. */
export function fromTarget({ revision, percent, tag }: Target): TrafficTarget {
  return {
    ...(revision === LATEST
      ? { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" }
      : { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision }),
    ...(percent === 0 ? {} : { percent }),
    ...(tag === undefined ? {} : { tag }),
  };
}
