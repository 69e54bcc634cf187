import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { cron } from "../../../rules/time/cron.ts";
import { check } from "../support.ts";

const said = (schedule: string) =>
  check(cron, { google_cloud_scheduler_job: { nightly: { name: "nightly", schedule } } }).map(
    ({ message }) => message,
  );

describe("time/cron", () => {
  test.each([
    "0 3 * * *",
    "*/15 * * * *",
    "0 0 1 1 *",
    "0 9-17/2 * * MON-FRI",
    "0,30 8 1,15 jan-jun 7",
    "0 3 * JUL WED",
    "59 23 31 12 0",
    "every 24 hours",
    "every mon 09:00",
    "1st monday of month 00:00",
    "@daily",
    "${var.schedule}",
  ])("%s holds", (schedule) => {
    expect(said(schedule)).toEqual([]);
  });

  test.each([
    ["0 0 3 * * *", "it has 6 fields instead of 5"],
    ["0 3 * *", "it has 4 fields instead of 5"],
    ["60 3 * * *", "the minute is 60 and must be 0 to 59"],
    ["0 24 * * *", "the hour is 24 and must be 0 to 23"],
    ["0 0 0 * *", "the day of month is 0 and must be 1 to 31"],
    ["0 0 * 13 *", "the month is 13 and must be 1 to 12"],
    ["0 3 ? * MON", 'the day of month "?" has a sign of Quartz that unix-cron does not know'],
    ["*/0 * * * *", 'the minute "*/0" has a step of 0'],
    ["0 3 * * mo", 'the day of week "mo" is no number, range or list'],
  ])("%s is rejected", (schedule, because) => {
    expect(said(schedule)).toEqual([`schedule is "${schedule}"; rejected by the API: ${because}.`]);
  });
});

test("time/cron: a time zone is a name of the time zone database", () => {
  const zone = (time_zone: string) =>
    check(ruleById("time/cron"), {
      google_cloud_scheduler_job: { nightly: { name: "nightly", schedule: "0 3 * * *", time_zone } },
    }).map(({ message }) => message);
  for (const name of ["Europe/Berlin", "Etc/UTC", "UTC", "America/Argentina/Buenos_Aires", "${var.zone}", ""])
    expect(zone(name)).toEqual([]);
  for (const name of ["CET+1", "Europe/Munich", "+01:00", "Berlin"])
    expect(zone(name)).toEqual([
      `time_zone is "${name}"; rejected by the API: the time zone database has no such name.`,
    ]);
});
