import type { Rule } from "../rule.ts";
import { REDIS_REFERENCE } from "./sources.ts";

const WINDOW = "maintenance_policy.weekly_maintenance_window";
const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
const BOUNDS = [
  ["hours", 23],
  ["minutes", 59],
  ["seconds", 60],
  ["nanos", 999999999],
] as const;

/** M18: the weekly window. */
export const redisMaintenance: Rule = {
  id: "data/redis-maintenance",
  why: "A weekly window needs a day and a time of day, within the bounds of a clock.",
  limit: "day MONDAY to SUNDAY; start_time present, hours 0 to 23, minutes 0 to 59",
  fix: "Write day and start_time with hours and minutes.",
  source: REDIS_REFERENCE,
  example: `resource "google_redis_instance" "cache" {
  name           = "cache"
  memory_size_gb = 1
  maintenance_policy {
    weekly_maintenance_window {
      day = "SUN"
      start_time { hours = 24 }
    }
  }
}`,
  *check(graph) {
    for (const resource of graph.all("google_redis_instance")) {
      for (const window of resource.blocks(WINDOW)) {
        const day = window.string("day");
        if (day !== undefined && day !== "DAY_OF_WEEK_UNSPECIFIED" && !DAYS.includes(day))
          yield {
            resource,
            severity: "error",
            message: `day of the maintenance window is "${day}"; refused at plan: it is ${DAYS[0]} to ${DAYS[6]}.`,
          };
        for (const [field, high] of BOUNDS) {
          const value = window.number(`start_time.${field}`);
          if (value === undefined || (value >= 0 && value <= high)) continue;
          yield {
            resource,
            severity: "error",
            message: `${field} of the maintenance window is ${value}, outside 0 to ${high}; refused at plan.`,
          };
        }
        if (window.get("start_time") === undefined && resource.change === undefined)
          yield {
            resource,
            severity: "error",
            message: "the maintenance window has no start_time; refused at plan: the block is required.",
          };
      }
    }
  },
};
