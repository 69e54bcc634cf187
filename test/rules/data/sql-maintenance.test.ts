import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlMaintenance = ruleById("data/sql-maintenance");
const error = (message: string) => [{ severity: "error", message: expect.stringContaining(message) }];

describe("data/sql-maintenance", () => {
  const denied = (start_date: string, end_date: string) =>
    check(
      sqlMaintenance,
      withInstance({ deny_maintenance_period: { start_date, end_date, time: "00:00:00" } }),
    );

  test("90 days pass, over the turn of a year too; 91 are rejected, and so is a day that does not exist", () => {
    expect([...denied("2026-11-01", "2027-01-30"), ...denied("11-01", "01-15")]).toEqual([]);
    expect(denied("2026-11-01", "2027-01-31")).toMatchObject(
      error(
        'settings.deny_maintenance_period.end_date "2027-01-31" is 91 days after start_date "2026-11-01"; rejected by the API: a period lasts at most 90 days.',
      ),
    );
    expect(denied("2026-13-01", "2026-12-31")).toMatchObject(
      error(
        'settings.deny_maintenance_period.start_date is "2026-13-01"; rejected by the API: there is no such day.',
      ),
    );
  });

  const window = (maintenance_window: object) => check(sqlMaintenance, withInstance({ maintenance_window }));

  test("Monday at 0 and Sunday at 23 pass", () => {
    expect([...window({ day: 1, hour: 0 }), ...window({ day: 7, hour: 23, update_track: "stable" })]).toEqual(
      [],
    );
  });

  test("day 8, hour 24 and another track are rejected", () => {
    expect(window({ day: 8, hour: 24, update_track: "late" }).map(({ message }) => message)).toEqual([
      "settings.maintenance_window.day is 8; rejected at plan: it must be 1 to 7.",
      "settings.maintenance_window.hour is 24; rejected at plan: it must be 0 to 23.",
      'settings.maintenance_window.update_track is "late"; rejected by the API: it must be canary, stable or week5.',
    ]);
    expect(window({ hour: 3 })).toMatchObject([{ severity: "warning" }]);
  });

  test("a period without maintenance has dates and a time", () => {
    const period = (start_date: string, time: string) =>
      check(
        sqlMaintenance,
        withInstance({ deny_maintenance_period: { start_date, end_date: "01-07", time } }),
      );
    expect(period("2026-12-20", "23:59:59")).toEqual([]);
    expect(period("20 December", "24:00:00")).toHaveLength(2);
  });

  test("zones are two different ones of the region", () => {
    const zones = (zone: string, secondary_zone: string) =>
      check(
        sqlMaintenance,
        withInstance({ availability_type: "REGIONAL", location_preference: { zone, secondary_zone } }),
      );
    expect(zones("europe-west1-b", "europe-west1-c")).toEqual([]);
    expect(zones("europe-west1-b", "europe-west1-b")).toHaveLength(1);
    expect(zones("us-central1-a", "europe-west1-c")).toMatchObject([
      {
        message: expect.stringContaining(
          'settings.location_preference.zone is "us-central1-a" and the instance is in europe-west1; rejected by the API: the zone is not in that region.',
        ),
      },
    ]);
  });
});
