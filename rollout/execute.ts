import type { Action } from "./action.ts";
import type { ActionResult, WriteResult } from "./action-result.ts";
import type { RolloutClient, TrafficWrite } from "./client.ts";
import type { Stop } from "./ledger.ts";

/**
 * Executes an action. A failed call has a result too, which never passes.
 *
 * @param action anything but "requeue" and "end"
 */
export async function execute(action: Action, client: RolloutClient): Promise<ActionResult> {
  switch (action.kind) {
    case "check":
      return client.check(action).catch((error: unknown) => ({
        kind: "check" as const,
        service: action.service,
        problems: [`${action.service} could not be checked: ${reason(error)}`],
        changes: true,
      }));
    case "apply":
      return client.apply(action).catch((error: unknown) => ({
        kind: "apply" as const,
        service: action.service,
        outcome: "failed" as const,
        why: reason(error),
      }));
    case "gate":
      return client.gate(action).catch((error: unknown) => ({
        kind: "gate" as const,
        service: action.service,
        candidate: action.candidate,
        verdict: "inconclusive" as const,
        why: reason(error),
      }));
    case "measure":
      return client.measure(action).catch((error: unknown) => ({
        kind: "soak" as const,
        service: action.service,
        candidate: action.candidate,
        percent: action.percent,
        verdict: "inconclusive" as const,
        why: reason(error),
      }));
    case "prove":
      return client.prove(action).catch((error: unknown) => ({
        kind: "proof" as const,
        service: action.service,
        plan: "failed" as const,
        why: reason(error),
      }));
    case "shift":
      return write(action, client);
    case "rollback":
      return write(action, client, action.stop);
    default:
      return null;
  }
}

/** A write whose response was lost may have worked: the service is read again before a retry. */
async function write(
  { service, etag, split }: TrafficWrite,
  client: RolloutClient,
  stop?: Stop,
): Promise<WriteResult> {
  const result = await client
    .shift({ service, etag, split })
    .catch((error: unknown) => ({ kind: "unknown" as const, why: reason(error) }));
  return {
    kind: "write",
    service,
    split,
    outcome: result.kind,
    ...(result.kind === "unknown" ? { why: result.why } : {}),
    ...(stop === undefined ? {} : { stop }),
  };
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
