import { z } from "zod";
import { cloudRunLimits } from "../../resources/limits.ts";
import { count, duration, text } from "./leaf.ts";
import { section } from "./section.ts";
import { container, dependencies, networkPath, size } from "./workload.ts";

const argument = text({
  pattern: /^[^\0]{1,4096}$/,
  allowed: "a text of 1 to 4,096 characters",
  fix: 'write for example "--all"',
});

/** A Cloud Run job: it runs to its end, by hand or on a schedule, and its connections count in every budget. */
export const job = section({
  ...container,
  ...size,
  ...networkPath,
  ...dependencies,
  /** Replaces the image's entry point. @default the image's own */
  command: z.array(argument).optional(),
  /** Arguments of the entry point. @default those of the image */
  args: z.array(argument).optional(),
  /** Unix cron in UTC: "0 3 * * *" is every day at three. @default by hand */
  schedule: text({
    pattern: /^[0-9*,/-]+( [0-9A-Za-z*,/-]+){4}$/,
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
