import type { Graph, Resource } from "../../graph/index.ts";
import { defaultMaxInstances, overlappingRevisions } from "../../resources/limits.ts";
import { plural } from "../../values/words.ts";
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
