import type { Action } from "./action.ts";
import type { Hands, TrafficWrite } from "./hands.ts";
import type { Stop } from "./ledger.ts";
import type { Measured, WriteResult } from "./measured.ts";

/**
 * Does what was decided. A question that could not be answered has a result too: it says so, and never passes.
 *
 * @param action anything but "look" and "end"
 */
export async function carryOut(action: Action, hands: Hands): Promise<Measured> {
  switch (action.kind) {
    case "check":
      return hands.check(action).catch((error: unknown) => ({
        kind: "check" as const,
        service: action.service,
        problems: [`${action.service} could not be checked: ${reason(error)}`],
        changes: true,
      }));
    case "apply":
      return hands.apply(action).catch((error: unknown) => ({
        kind: "apply" as const,
        service: action.service,
        outcome: "failed" as const,
        why: reason(error),
      }));
    case "gate":
      return hands.gate(action).catch((error: unknown) => ({
        kind: "gate" as const,
        service: action.service,
        candidate: action.candidate,
        verdict: "inconclusive" as const,
        why: reason(error),
      }));
    case "measure":
      return hands.measure(action).catch((error: unknown) => ({
        kind: "soak" as const,
        service: action.service,
        candidate: action.candidate,
        percent: action.percent,
        verdict: "inconclusive" as const,
        why: reason(error),
      }));
    case "prove":
      return hands.prove(action).catch((error: unknown) => ({
        kind: "proof" as const,
        service: action.service,
        plan: "failed" as const,
        why: reason(error),
      }));
    case "shift":
      return write(action, hands);
    case "return":
      return write(action, hands, action.stop);
    default:
      return null;
  }
}

/** A write without an answer may have worked: it is read again before anything is repeated. */
async function write(
  { service, etag, split }: TrafficWrite,
  hands: Hands,
  stop?: Stop,
): Promise<WriteResult> {
  const result = await hands
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
