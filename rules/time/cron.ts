import { plural } from "../../values/words.ts";
import type { Rule } from "../rule.ts";

/** The fields of unix-cron in their order, with the numbers and names that each takes. */
const FIELDS: readonly (readonly [name: string, low: number, high: number, names: string])[] = [
  ["minute", 0, 59, ""],
  ["hour", 0, 23, ""],
  ["day of month", 1, 31, ""],
  ["month", 1, 12, "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"],
  ["day of week", 0, 7, "sun|mon|tue|wed|thu|fri|sat"],
];

/** A schedule is a unix-cron expression of five fields. */
export const cron: Rule = {
  id: "time/cron",
  why: "Cloud Scheduler takes unix-cron: neither seconds nor the signs of Quartz, and numbers within their fields.",
  limit: `five fields: ${FIELDS.map(([name, low, high]) => `${name} ${low} to ${high}`).join(", ")}`,
  fix: 'Write minute, hour, day of month, month and day of week, for example "0 3 * * 1-5".',
  source: "https://docs.cloud.google.com/scheduler/docs/configuring/cron-job-schedules",
  *check(graph) {
    for (const job of graph.all("google_cloud_scheduler_job")) {
      const schedule = job.string("schedule")?.trim();
      const because = schedule === undefined ? undefined : reasonOf(schedule);
      if (because !== undefined)
        yield {
          resource: job,
          severity: "error",
          message: `schedule is "${schedule}"; rejected by the API: ${because}.`,
        };
    }
  },
};

/** Why it is no schedule; undefined where it is one, or is written in words ("every 24 hours") or as a macro. */
function reasonOf(schedule: string): string | undefined {
  if (!/^[\d*]/.test(schedule) || /^\d+(st|nd|rd|th)\b/.test(schedule)) return undefined;
  const fields = schedule.split(/\s+/);
  if (fields.length !== FIELDS.length)
    return `it has ${plural(fields.length, "field")} instead of ${FIELDS.length}`;
  for (const [index, [name, low, high, names]] of FIELDS.entries()) {
    const field = fields[index] ?? "";
    if (/[?LW#]/.test(field))
      return `the ${name} "${field}" has a sign of Quartz that unix-cron does not know`;
    for (const part of field.split(",")) {
      const step = /^(?:\*|[^/]+)\/(\d+)$/.exec(part)?.[1];
      if (step !== undefined && Number(step) === 0) return `the ${name} "${field}" has a step of 0`;
      const ends = part.replace(/\/\d+$/, "").split("-");
      const wrong = ends.find(
        (end) => end !== "*" && !new RegExp(`^(?:${names || "\\d+"}|\\d+)$`, "i").test(end),
      );
      if (wrong !== undefined || ends.length > 2) return `the ${name} "${field}" is no number, range or list`;
      const outside = ends.find((end) => /^\d+$/.test(end) && (Number(end) < low || Number(end) > high));
      if (outside !== undefined) return `the ${name} is ${outside} and must be ${low} to ${high}`;
    }
  }
  return undefined;
}
