import { z } from "zod";
import { cloudRunLimits } from "../../resources/limits.ts";
import { minutes, seconds } from "../units.ts";
import { count, duration } from "./leaf.ts";
import { section } from "./section.ts";

/** Rollout of a new revision: in steps, each watched for `deadlines.soak` (docs/rollout.md). */
export const rollout = section({
  /**
   * Percent of the traffic at each step, up to 100. A service with `webSockets` gets 100 in one step, because session
   * affinity overrides a split. @default [5, 25, 50, 100]
   */
  steps: z
    .array(
      count({
        from: 1,
        to: cloudRunLimits.trafficTotal.value,
        because: "percent of a service's traffic",
        unit: "% of traffic",
      }),
    )
    .default([5, 25, 50, 100]),
  /** Delay of Cloud Monitoring, which extends the soak of a step. @default 240 s */
  metricLag: duration({
    from: 60,
    to: 900,
    because: "metrics are sampled every 60 s and may be four minutes late",
  }).default(seconds(240)),
  /** A step without a verdict is watched for this long and then aborted. @default 15 minutes */
  inconclusive: duration({ from: 60, to: 21600 }).default(minutes(15)),
  /** A rollout that does not renew its lease for this long counts as dead: the watchdog may roll back. @default 3 minutes */
  lease: duration({ from: 60, to: 900, because: "the watchdog runs every minute" }).default(minutes(3)),
});
