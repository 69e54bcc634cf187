import { openRequests } from "../google/open-requests.ts";
import { platformPlan } from "../platform/plan.ts";
import type { Environment } from "../platform/schema/environment.ts";
import { UserError } from "../platform/user-error.ts";
import type { Ledger } from "../rollout/ledger.ts";
import type { GoogleContext } from "./context.ts";

/**
 * What a rollback cannot bring back: requests in flight end where they are, and WebSockets are requests that last up to
 * the request timeout. One sentence for each revision that was taken back so lately that some may still be open.
 */
export async function openConnections(
  environment: Environment,
  place: GoogleContext,
  { rollout }: Ledger,
  signal: AbortSignal,
): Promise<string[]> {
  if (rollout === undefined) return [];
  const sentences = Object.entries(rollout.services).map(async ([name, { phase, since, candidate }]) => {
    if (candidate === null || (phase !== "rolled back" && phase !== "reverted")) return [];
    const requestTimeout = environment.services.find((service) => service.name === name)?.requestTimeout;
    // Taken out of the environment since.
    if (requestTimeout === undefined) return [];
    const now = place.now();
    if (now > since + requestTimeout * 1000) return [];
    const query = { service: platformPlan(environment).names.service(name), revision: candidate, now };
    const get = (url: string, stop: AbortSignal) => place.api.call({ method: "GET", url }, stop);
    const until = `Cloud Run ends them by ${new Date(since + requestTimeout * 1000).toISOString()} (requestTimeout)`;
    const measure = { get, monitoring: place.monitoring, project: place.project };
    const found = await openRequests(measure, query, signal).catch((error: unknown) => {
      // The status tells what it knows, also where Cloud Monitoring says nothing.
      if (error instanceof UserError) return undefined;
      throw error;
    });
    if (found === undefined || found.at <= since)
      return [
        `${name}: how many requests and WebSockets are still open on ${candidate} is not lastResult yet; ${until}`,
      ];
    if (found.atMost === 0) return [];
    return [
      `${name}: up to ${found.atMost} requests and WebSockets were still open on ${candidate} at ${new Date(found.at).toISOString()}; ${until}`,
    ];
  });
  return (await Promise.all(sentences)).flat();
}
