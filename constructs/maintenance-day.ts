import { Op, propertyAccess, Token } from "cdktf";
import { daysOfWeek } from "../resources/days-of-week.ts";
import { type Range, range } from "../resources/index.ts";

/**
 * "MONDAY" of 1. Of a number that is known only at apply, Terraform looks up the day, and rejects the plan where there is none.
 *
 * @param check refuses a known number that is out of bounds
 */
export function weekday(day: number, check: (bounds: Range, day: number) => boolean): string {
  if (Token.isUnresolved(day)) return Token.asString(propertyAccess(daysOfWeek, [Op.sub(day, 1)]));
  check(range("maintenance.day", { low: 1, high: 7, step: 1, outcome: "rejected at plan" }), day);
  return daysOfWeek[day - 1] ?? "";
}
