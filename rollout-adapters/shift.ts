import { Conflict, NotFound } from "../google/errors.ts";
import { writeTraffic } from "../google/services.ts";
import { UserError } from "../platform/user-error.ts";
import type { ShiftResult, TrafficWrite } from "../rollout/client.ts";
import { entries } from "../rollout/traffic.ts";
import type { GatewayContext } from "./context.ts";
import { fromTarget, type Seen } from "./observe.ts";

/**
 * Writes a split under the etag of the decision, without retries: after a lost response the service is read again.
 */
export async function shift(
  { google, signal }: GatewayContext,
  { raw, observed }: Seen,
  { etag, split }: TrafficWrite,
): Promise<ShiftResult> {
  const traffic = entries(split, observed.asked).map(fromTarget);
  try {
    await writeTraffic(google, { name: raw.name, etag }, traffic, signal);
    return { kind: "written" };
  } catch (error) {
    if (error instanceof Conflict) return { kind: "conflict" };
    if (error instanceof UserError || error instanceof NotFound)
      return { kind: "unknown", why: error.message };
    throw error;
  }
}
