import { cronFields, whyNoSchedule } from "../../values/cron.ts";
import type { Rule } from "../rule.ts";

/** A schedule is a unix-cron expression of five fields. */
export const cron: Rule = {
  id: "time/cron",
  why: "Cloud Scheduler takes unix-cron: neither seconds nor the signs of Quartz, and numbers within their fields.",
  limit: `five fields: ${cronFields.map(([name, low, high]) => `${name} ${low} to ${high}`).join(", ")}`,
  fix: 'Write minute, hour, day of month, month and day of week, for example "0 3 * * 1-5".',
  source: "https://docs.cloud.google.com/scheduler/docs/configuring/cron-job-schedules",
  *check(graph) {
    for (const job of graph.all("google_cloud_scheduler_job")) {
      const schedule = job.string("schedule")?.trim();
      const because = schedule === undefined ? undefined : whyNoSchedule(schedule);
      if (because !== undefined)
        yield {
          resource: job,
          severity: "error",
          message: `schedule is "${schedule}"; rejected by the API: ${because}.`,
        };
    }
  },
};
