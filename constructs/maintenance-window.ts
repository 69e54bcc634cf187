import { Op, propertyAccess, Token } from "cdktf";
import { daysOfWeek } from "../resources/days-of-week.ts";
import { type Range, range } from "../resources/index.ts";

interface WeeklyHour {
  /** 1 (Monday) to 7. */
  readonly day: number;
  /** 0 to 23, UTC. */
  readonly hour: number;
}

/**
 * The maintenance policy of a cache, once a week.
 *
 * @param check refuses a known day that is out of bounds
 */
export function weeklyMaintenance({ day, hour }: WeeklyHour, check: (bounds: Range, day: number) => boolean) {
  return {
    weeklyMaintenanceWindow: [
      {
        day: weekday(day, check),
        // All four fields, or every plan shows a difference.
        startTime: { hours: hour, minutes: 0, seconds: 0, nanos: 0 },
      },
    ],
  };
}

/** "MONDAY" of 1. Of a number that is known only at apply, Terraform looks up the day, and rejects the plan where there is none. */
function weekday(day: number, check: (bounds: Range, day: number) => boolean): string {
  if (Token.isUnresolved(day)) return Token.asString(propertyAccess(daysOfWeek, [Op.sub(day, 1)]));
  check(range("maintenance.day", { low: 1, high: 7, step: 1, outcome: "rejected at plan" }), day);
  return daysOfWeek[day - 1] ?? "";
}
