import type { Graph, Resource } from "../../graph/index.ts";
import { defaultMaxInstances, overlappingRevisions } from "../../resources/limits.ts";
import { plural } from "../../values/words.ts";
import type { Violation } from "../rule.ts";
import type { Workload } from "../workload/index.ts";
import { executionsAtOnce } from "./executions.ts";

/** What one workload takes of something that all share, at its maximum. */
export interface Share {
  readonly resource: Resource;
  readonly amount: number;
  /** The multiplication in words: "23 instances x 2 revisions x 25". */
  readonly sum: string;
  /** False where the maximum is only Cloud Run's default. */
  readonly certain: boolean;
}

/**
 * Every instance of a service takes `each`, and while a rollout moves the traffic two revisions run; a job, as many executions as
 * overlap.
 */
export function shareOf(
  graph: Graph,
  workload: Workload,
  each: number,
  eachInWords = String(each),
): Share | undefined {
  const { resource, kind, scaling } = workload;
  const executions = executionsAtOnce(graph, workload);
  const { max, byDefault, ofAllRevisions = Number.POSITIVE_INFINITY } = scaling;
  const ofOne = byDefault ? defaultMaxInstances.value : max;
  if (ofOne === undefined) return undefined;
  const revisions = kind === "job" ? 1 : overlappingRevisions.value;
  const isCapped = ofAllRevisions < ofOne * revisions;
  const unit = kind === "job" ? "task" : "instance";
  const counted = isCapped ? ofAllRevisions : ofOne;
  const factors = [plural(counted, unit), `${revisions} revisions`, eachInWords];
  const overlapping = executions > 1 ? `${executions} executions x ` : "";
  return {
    resource,
    amount: Math.min(ofOne * revisions, ofAllRevisions) * each * executions,
    sum: overlapping + factors.filter((_, index) => index !== 1 || (kind !== "job" && !isCapped)).join(" x "),
    certain: !byDefault || isCapped,
  };
}

export function total(shares: readonly Share[]): number {
  return shares.reduce((sum, share) => sum + share.amount, 0);
}

export function sumText(shares: readonly Share[]): string {
  return shares.map(({ resource, amount, sum }) => `${resource.address} ${amount} (${sum})`).join(" + ");
}

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
