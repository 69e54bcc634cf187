import { type Seconds, seconds } from "../../units.ts";
import type { ThresholdCondition } from "../alert.ts";

/** A condition that fires above its threshold. Missing data does not fire: idle or disabled resources report none. */
export function aboveThreshold(
  condition: Omit<ThresholdCondition, "kind" | "comparison" | "missingData" | "duration"> & {
    /** Minimum duration. @default one point is enough */
    readonly duration?: Seconds;
  },
): ThresholdCondition {
  const { duration = seconds(0), ...rest } = condition;
  return {
    kind: "threshold",
    comparison: "COMPARISON_GT",
    ...rest,
    duration,
    // Google accepts this field only with a duration.
    ...(duration === 0 ? {} : { missingData: "EVALUATION_MISSING_DATA_INACTIVE" }),
  };
}
