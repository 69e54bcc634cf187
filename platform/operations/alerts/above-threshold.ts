import { type Seconds, seconds } from "../../units.ts";
import type { ThresholdCondition } from "../alert.ts";

/** A condition that fires above its threshold. No data is no trouble: what is switched off or idle reports none. */
export function aboveThreshold(
  condition: Omit<ThresholdCondition, "kind" | "comparison" | "missingData" | "duration"> & {
    /** How long it must last. @default one point is enough */
    readonly duration?: Seconds;
  },
): ThresholdCondition {
  const { duration = seconds(0), ...rest } = condition;
  return {
    kind: "threshold",
    comparison: "COMPARISON_GT",
    ...rest,
    duration,
    // Google takes this field with a duration only.
    ...(duration === 0 ? {} : { missingData: "EVALUATION_MISSING_DATA_INACTIVE" }),
  };
}
