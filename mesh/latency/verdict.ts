import { percentile } from "../../values/percentile.ts";
import type { Sample } from "./measure.ts";
import type { LatencyPlan } from "./plan.ts";

/** Result of a measurement against the objectives. */
export interface LatencyVerdict {
  readonly host: string;
  readonly region: string;
  readonly requests: number;
  readonly failed: number;
  /** Milliseconds; undefined without a response. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly slowest: number | undefined;
  /** Breached objectives, one sentence each. */
  readonly breaches: readonly string[];
}

/** Fewer responses cannot bound a 95th percentile with 95 % confidence: 0.95 ^ 59 is below 5 %. */
const FEWEST_SAMPLES = 59;

/** Evaluates the samples against the same thresholds as the k6 script. */
export function verdict(plan: LatencyPlan, samples: readonly Sample[]): LatencyVerdict {
  const answered = samples
    .filter(({ failure }) => failure === undefined)
    .map(({ milliseconds }) => milliseconds)
    .sort((a, b) => a - b);
  const failed = samples.length - answered.length;
  const p95 = percentile(answered, 0.95);
  const breaches: string[] = [];
  if (samples.length < FEWEST_SAMPLES)
    breaches.push(
      `${samples.length} requests are too few: ${FEWEST_SAMPLES} bound the 95th percentile; measure for longer, or at a higher rate.`,
    );
  if (samples.length > 0 && failed / samples.length > plan.failureShare)
    breaches.push(
      `${failed} of ${samples.length} requests failed, allowed are ${Number((plan.failureShare * 100).toFixed(4))} %: ${commonest(samples)}.`,
    );
  if (p95 !== undefined && p95 >= plan.p95)
    breaches.push(`the 95th percentile is ${Math.round(p95)} ms, and the objective is below ${plan.p95} ms.`);
  return {
    host: plan.host,
    region: plan.region,
    requests: samples.length,
    failed,
    p50: percentile(answered, 0.5),
    p95,
    slowest: answered.at(-1),
    breaches,
  };
}

function commonest(samples: readonly Sample[]): string {
  const counts = new Map<string, number>();
  for (const { failure } of samples)
    if (failure !== undefined) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([failure, count]) => `${failure} (${count})`)
    .join(", ");
}
