import { cloudRunLimits } from "../../resources/limits.ts";
import { seconds } from "../units.ts";
import { count, duration } from "./leaf.ts";
import { urlPath } from "./names.ts";
import { section } from "./section.ts";

const attempt = {
  /** HTTP path that returns 200. @default the port is opened (start-up only), without a request */
  path: urlPath("/ready").optional(),
  /** Seconds between two attempts, 1 to 240. @default 5 s */
  period: duration({
    from: 1,
    to: cloudRunLimits.probeField.value,
    because: "Cloud Run probe period",
  }).default(seconds(5)),
  /** Timeout of one attempt; at most the period. @default 2 s */
  timeout: duration({
    from: 1,
    to: cloudRunLimits.probeField.value,
    because: "Cloud Run probe timeout",
  }).default(seconds(2)),
};

/** A start-up probe of a container that states its port; its window is deadlines.startupWindow. */
export const portStartupProbe = section(attempt);

/**
 * A probe of a container that states its port.
 *
 * @param failures attempts in a row, where nothing else is written
 */
export const portProbe = (failures: number) =>
  section({
    ...attempt,
    /** Attempts that fail in a row before the instance is given up; with the period at most 600 s of a start. */
    failureThreshold: count({ from: 1, to: 600, unit: "attempts" }).default(failures),
  });
