import { cloudRunLimits } from "../../platform/limits.ts";
import type { Probe, Workload } from "../workload/index.ts";

/** How long a container may take to start: the failures allowed, one period each. */
export function startupWindow({ period, threshold }: Probe): number | undefined {
  return period === undefined || threshold === undefined ? undefined : period * threshold;
}

/** With a GPU Cloud Run allows a longer start. */
export function longestWindow({ gpu }: Workload): number {
  return (gpu !== false ? cloudRunLimits.startupWindowWithGpu : cloudRunLimits.startupWindow).value;
}
