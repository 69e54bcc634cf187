import type { Resource } from "../../graph/index.ts";
import { cloudSqlLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { INSTANCE, isReplica } from "./database.ts";
import { SQL_SETTINGS } from "./sources.ts";

/** S25, S26: when and where. */
export const sqlMaintenance: Rule = {
  id: "data/sql-maintenance",
  why: "Days, hours and zones have bounds of which the provider checks only some.",
  limit:
    "day 1 to 7 (Monday is 1), hour 0 to 23, update_track canary, stable or week5; a deny period of 90 days or fewer; zones of the instance's region, two different ones",
  fix: "Bring the value within its bound.",
  source: SQL_SETTINGS,
  example: `resource "google_sql_database_instance" "main" {
  region = "europe-west1"
  settings {
    tier = "db-custom-2-7680"
    maintenance_window {
      day  = 0
      hour = 24
    }
    location_preference {
      zone = "us-central1-a"
    }
  }
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      for (const message of [...window(resource), ...zones(resource, graph.region(resource))])
        yield { resource, severity: "error", message };
      const [day, hour] = ["day", "hour"].map((field) =>
        resource.get(`settings.maintenance_window.${field}`),
      );
      if (day === undefined && hour !== undefined)
        yield {
          resource,
          severity: "warning",
          message: `maintenance_window has an hour but no day; the hour is ignored.`,
          fix: "Write day, 1 (Monday) to 7 (Sunday).",
        };
    }
  },
};

function* window(resource: Resource): Iterable<string> {
  const [day, hour] = [
    resource.number("settings.maintenance_window.day"),
    resource.number("settings.maintenance_window.hour"),
  ];
  if (day !== undefined && (day < 1 || day > 7))
    yield `day of maintenance_window is ${day}, outside 1 to 7; refused at plan.`;
  if (hour !== undefined && (hour < 0 || hour > 23))
    yield `hour of maintenance_window is ${hour}, outside 0 to 23; refused at plan.`;
  for (const period of resource.blocks("settings.deny_maintenance_period")) {
    for (const field of ["start_date", "end_date"]) {
      const date = period.string(field);
      if (date !== undefined && !/^(\d{4}-)?\d{1,2}-\d{1,2}$/.test(date))
        yield `${field} of deny_maintenance_period is "${date}"; refused at apply: yyyy-mm-dd or mm-dd is expected.`;
      else if (date !== undefined && dayOf(date) === undefined)
        yield `${field} of deny_maintenance_period is "${date}"; refused at apply: no such day.`;
    }
    const [first, last] = [dayOf(period.string("start_date") ?? ""), dayOf(period.string("end_date") ?? "")];
    const days = first === undefined || last === undefined ? 0 : (last - first) / DAY;
    if (days > cloudSqlLimits.denyMaintenanceDaysHigh.value)
      yield `deny_maintenance_period lasts ${days} days; refused at apply: at most ${cloudSqlLimits.denyMaintenanceDaysHigh.value} are allowed.`;
    const time = period.string("time");
    if (time !== undefined && !/^([01]?\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time))
      yield `time of deny_maintenance_period is "${time}"; refused at apply: HH:mm:SS is expected.`;
  }
  const track = resource.string("settings.maintenance_window.update_track");
  if (
    track !== undefined &&
    track !== "" &&
    !/^(canary|preview|stable|production|week5|week1|week2)$/i.test(track)
  )
    yield `update_track is "${track}"; refused at apply: it is canary, stable or week5.`;
}

const DAY = 24 * 60 * 60 * 1000;

/** Milliseconds of a date, of a leap year where none is written; undefined where there is no such day. */
function dayOf(date: string): number | undefined {
  const [day, month, year] = date.split("-").map(Number).reverse();
  if (day === undefined || month === undefined) return undefined;
  const found = new Date(Date.UTC(year ?? 2024, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? found.getTime() : undefined;
}

function* zones(resource: Resource, region: string | undefined): Iterable<string> {
  const [zone, secondary] = ["zone", "secondary_zone"].map((field) =>
    resource.string(`settings.location_preference.${field}`),
  );
  for (const each of [zone, secondary]) {
    if (each === undefined || each === "" || region === undefined || each.startsWith(`${region}-`)) continue;
    if (!/^[a-z]+-[a-z]+\d+-[a-z]$/.test(each)) continue;
    yield `location_preference names the zone ${each}, and the instance is in ${region}; refused at apply: the zone is not of that region.`;
  }
  if (zone !== undefined && zone !== "" && zone === secondary)
    yield `zone and secondary_zone are both ${zone}; refused at apply: the standby needs another zone.`;
  const isZonal = resource.string("settings.availability_type") === "ZONAL";
  if (secondary !== undefined && secondary !== "" && isZonal && !isReplica(resource))
    yield `secondary_zone is ${secondary} with availability_type ZONAL; refused at apply: only REGIONAL has a standby.`;
}
