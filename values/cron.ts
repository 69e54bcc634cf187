import { plural } from "./words.ts";

/** The fields of unix-cron in their order, with the numbers and names that each takes. */
export const cronFields: readonly (readonly [name: string, low: number, high: number, names: string])[] = [
  ["minute", 0, 59, ""],
  ["hour", 0, 23, ""],
  ["day of month", 1, 31, ""],
  ["month", 1, 12, "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"],
  ["day of week", 0, 7, "sun|mon|tue|wed|thu|fri|sat"],
];

/** Why it is no schedule; undefined where it is one, or is written in words ("every 24 hours") or as a macro. */
export function whyNoSchedule(schedule: string): string | undefined {
  if (!/^[\d*]/.test(schedule) || /^\d+(st|nd|rd|th)\b/.test(schedule)) return undefined;
  const fields = schedule.split(/\s+/);
  if (fields.length !== cronFields.length)
    return `it has ${plural(fields.length, "field")} instead of ${cronFields.length}`;
  for (const [index, [name, low, high, names]] of cronFields.entries()) {
    const field = fields[index] ?? "";
    // WED and JUL are names, not Quartz's W and L.
    if (/[?LW#]/.test(field.replaceAll(new RegExp(names || "$^", "gi"), "")))
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
