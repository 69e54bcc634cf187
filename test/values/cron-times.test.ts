import { expect, test } from "@jest/globals";
import { isNeverDue, runsAtOnce } from "../../values/cron-times.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each<[schedule: string, seconds: number, runs: number, why: string]>([
  ["*/5 * * * *", 5 * MINUTE, 1, "it ends as the next one starts"],
  ["*/5 * * * *", 5 * MINUTE + 1, 2, "it ends a second later"],
  ["*/5 * * * *", HOUR, 12, "twelve start in an hour"],
  ["0 3 * * *", DAY, 1, "one a day"],
  ["0 3 * * *", 3 * DAY + 1, 4, "of each day"],
  ["0,5 3 * * *", HOUR, 2, "two in the morning, and no more"],
  ["55 23 * * *", 10 * MINUTE, 1, "once a day"],
  ["0,55 0,23 * * *", 10 * MINUTE, 2, "before and after midnight"],
  ["0 9 * * MON-FRI", 2 * DAY, 2, "working days"],
  ["0 9 * * FRI", 8 * DAY, 2, "once a week"],
  ["0 0 1 * *", 29 * DAY, 2, "February has 28 days in most years"],
  ["0 0 1 * *", 28 * DAY, 1, "and never fewer"],
  ["0 0 29 2 *", 31 * DAY, 1, "once in four years"],
  ["0 0 13 * 5", 25 * HOUR, 2, "the 13th, and every Friday"],
  ["0 0 * * 0,7", DAY, 1, "Sunday has two numbers"],
  ["0 0 * * *", 62 * DAY, 62, "longer than a month, in proportion"],
  ["10/20 * * * *", 21 * MINUTE, 2, "a step from a number on"],
  ["0 3 * *", DAY, 1, "no schedule"],
  ["every 5 minutes", DAY, 1, "words of App Engine"],
  ["*/5 * * * *", Number.NaN, 1, "a duration that is not known"],
])("%s, each %d s long: %d at once, %s", (schedule, seconds, runs) => {
  expect(runsAtOnce(schedule, seconds)).toBe(runs);
});

test.each([
  ["0 3 30 2 *", true, "February has no 30th"],
  ["0 3 31 4,6 *", true, "nor have April and June a 31st"],
  ["0 3 29 2 *", false, "once in four years"],
  ["0 3 30 2 1", false, "and every Monday of February"],
  ["0 3 * * *", false, "every day"],
  ["no schedule", false, "judged elsewhere"],
])("%s is due on no day: %s, %s", (schedule, isNever) => {
  expect(isNeverDue(schedule)).toBe(isNever);
});
