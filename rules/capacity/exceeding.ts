import { type Share, sumText, total } from "../../analysis/capacity/shares.ts";
import type { Resource } from "../../graph/index.ts";
import type { Violation } from "../rule.ts";

/** What exceeds the limit at full scale: an error where what is certain alone does, else advice; at each end to change. */
export function* exceeding(
  pool: Resource,
  shares: readonly Share[],
  limit: number,
  message: (used: number, sum: string) => string,
): Iterable<Violation> {
  const certain = shares.filter((share) => share.certain);
  const severity = total(certain) > limit ? "error" : "warning";
  const counted = severity === "error" ? certain : shares;
  const used = total(counted);
  if (used <= limit) return;
  for (const resource of toChange(pool, counted, limit))
    yield { resource, severity, message: message(used, sumText(counted)) };
}

/** The ends to change: what the plan changes; else the pool of it all, and every workload whose share alone makes the excess or is too much. */
function toChange(pool: Resource, shares: readonly Share[], limit: number): Resource[] {
  const excess = total(shares) - limit;
  const largest = Math.max(...shares.map(({ amount }) => amount));
  const heavy = shares.filter(({ amount }) => amount >= Math.min(excess, largest) || amount > limit);
  const candidates = [...new Set([pool, ...heavy.map(({ resource }) => resource)])];
  const changed = candidates.filter(
    ({ change }) => change !== undefined && change.actions.join() !== "no-op",
  );
  return changed.length > 0 ? changed : candidates;
}
