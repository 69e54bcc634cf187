import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withRedis } from "./database-fixture.ts";

const redisMaintenance = ruleById("data/redis-maintenance");
const address = "google_redis_instance.cache";

describe("data/redis-maintenance", () => {
  const window = (weekly_maintenance_window: object) =>
    check(redisMaintenance, withRedis({ maintenance_policy: { weekly_maintenance_window } }));

  test("the last minute of a day passes", () => {
    expect(window({ day: "SUNDAY", start_time: { hours: 23, minutes: 59 } })).toEqual([]);
  });

  test("hour 24, a short day and no start are rejected", () => {
    expect(window({ day: "SUN", start_time: { hours: 24 } }).map(({ message }) => message)).toEqual([
      'maintenance_policy.weekly_maintenance_window.day is "SUN"; rejected at plan: it must be one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, DAY_OF_WEEK_UNSPECIFIED.',
      "maintenance_policy.weekly_maintenance_window.start_time.hours is 24; rejected at plan: it must be 0 to 23.",
    ]);
    expect(window({ day: "SUNDAY" })).toMatchObject([{ address }]);
  });
});
