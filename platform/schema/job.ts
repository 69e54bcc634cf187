import { cloudRunLimits } from "../../resources/limits.ts";
import { count, duration, text } from "./leaf.ts";
import { section } from "./section.ts";
import { sidecars } from "./sidecar.ts";
import { container, dependencies, entryPoint, networkPath, size } from "./workload.ts";

/** A Cloud Run job: it runs to its end, by hand or on a schedule, and its connections count in every budget. */
export const job = section({
  ...container,
  ...entryPoint,
  ...size,
  ...networkPath,
  ...dependencies,
  ...sidecars,
  /** Unix cron in UTC: "0 3 * * *" is every day at three. @default by hand */
  schedule: text({
    pattern: /^[0-9*][0-9*,/-]*( [0-9A-Za-z*,/-]+){4}$/,
    allowed: "five fields of unix-cron: minute, hour, day of the month, month, day of the week",
    fix: 'write for example "0 3 * * *"',
  }).optional(),
  /** Longest run of one task, at most 7 days. */
  timeout: duration({
    from: 1,
    to: cloudRunLimits.taskTimeout.value,
    because: "Cloud Run's longest task",
  }),
  /** Tasks of one execution. @default 1 */
  tasks: count({ from: 1, to: 10000, because: "Cloud Run's most tasks", unit: "tasks" }).default(1),
  /** Tasks that run at once. @default 1 */
  parallelism: count({ from: 1, to: 1000, unit: "tasks" }).default(1),
  /** Attempts after a task has failed, 0 to 10. @default 0: a second attempt that passes would hide the first failure */
  retries: count({ from: 0, to: 10, unit: "attempts" }).default(0),
});
