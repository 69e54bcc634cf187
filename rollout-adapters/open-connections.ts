import { openRequests } from "../google/open-requests.ts";
import { regionLabels } from "../platform/regions/regions.ts";
import { UserError } from "../platform/user-error.ts";
import type { Ledger } from "../rollout/ledger.ts";
import type { GoogleContext, RolloutPlan } from "./context.ts";
import { placeOf } from "./place.ts";

/**
 * Requests that a rollback does not move: they end on the revision where they started, WebSockets at the latest after the
 * request timeout. One sentence for each revision that was rolled back recently enough to have some.
 */
export async function openConnections(
  platform: RolloutPlan,
  google: GoogleContext,
  { rollout }: Ledger,
  signal: AbortSignal,
): Promise<string[]> {
  if (rollout === undefined) return [];
  const sentences = Object.entries(rollout.services).map(async ([name, { phase, since, candidate }]) => {
    if (candidate === null || (phase !== "rolled back" && phase !== "reverted")) return [];
    const place = placeOf({ platform, google }, name);
    const requestTimeout = place.platform.services.find(
      (service) => service.name === place.service,
    )?.requestTimeout;
    // Removed from the environment since.
    if (requestTimeout === undefined) return [];
    const { location } = regionLabels(place.platform);
    const now = google.now();
    if (now > since + requestTimeout * 1000) return [];
    const query = {
      service: place.platform.names.service(place.service),
      revision: candidate,
      now,
      ...(location === undefined ? {} : { region: location }),
    };
    const get = (url: string, stop: AbortSignal) => google.api.call({ method: "GET", url }, stop);
    const until = `Cloud Run ends them by ${new Date(since + requestTimeout * 1000).toISOString()} (requestTimeout)`;
    const measure = { get, monitoring: google.monitoring, project: google.project };
    const found = await openRequests(measure, query, signal).catch((error: unknown) => {
      // The status is shown without Cloud Monitoring too.
      if (error instanceof UserError) return undefined;
      throw error;
    });
    if (found === undefined || found.at <= since)
      return [
        `${name}: how many requests and WebSockets are still open on ${candidate} is not measured yet; ${until}`,
      ];
    if (found.atMost === 0) return [];
    return [
      `${name}: up to ${found.atMost} requests and WebSockets were still open on ${candidate} at ${new Date(found.at).toISOString()}; ${until}`,
    ];
  });
  return (await Promise.all(sentences)).flat();
}
