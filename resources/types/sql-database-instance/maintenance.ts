import { anything, conflict, custom, form, range } from "../../constraints/index.ts";
import { cloudSqlLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";
import { twoZones } from "../zone.ts";

const WINDOW = "settings.maintenance_window";
const PERIOD = "settings.deny_maintenance_period[]";
const ZONE = "settings.location_preference.zone";
const SECONDARY_ZONE = "settings.location_preference.secondary_zone";
const DATE = { form: "a date, yyyy-mm-dd or mm-dd", examples: ["2026-12-20", "12-20"] } as const;

/** When an instance is maintained, and in which zones it is. */
export const maintenance: FieldRule = {
  id: "data/sql-maintenance",
  why: "Days, hours and zones have bounds of which the provider checks only some.",
  source: limits.customMemoryLow.source,
  constraints: [
    range(`${WINDOW}.day`, { low: 1, high: 7, outcome: "rejected at plan" }),
    range(`${WINDOW}.hour`, { low: 0, high: 23, outcome: "rejected at plan" }),
    conflict(
      { [`${WINDOW}.hour`]: [anything], [`${WINDOW}.day`]: [undefined] },
      {
        severity: "warning",
        outcome: "fails at run time",
        because: "the hour is ignored without a day",
        fix: "Set day to 1 (Monday) to 7 (Sunday), for example 7.",
      },
    ),
    form(`${WINDOW}.update_track`, /^(canary|preview|stable|production|week5|week1|week2)$/i, {
      form: "canary, stable or week5",
      examples: ["stable", "canary", "week5"],
    }),
    form("start_date", /^(\d{4}-)?\d{1,2}-\d{1,2}$/, { within: PERIOD, ...DATE }),
    form("end_date", /^(\d{4}-)?\d{1,2}-\d{1,2}$/, { within: PERIOD, ...DATE }),
    form("time", /^([01]?\d|2[0-3]):[0-5]\d:[0-5]\d$/, {
      within: PERIOD,
      form: "a time of day, HH:mm:SS in UTC",
      examples: ["00:00:00"],
    }),
    custom(
      `settings.deny_maintenance_period: at most ${limits.denyMaintenanceDaysHigh.value} days`,
      function* (period) {
        const [first, last] = ["start_date", "end_date"].map((field) => dayOf(period.string(field) ?? ""));
        for (const field of ["start_date", "end_date"]) {
          const date = period.string(field) ?? "";
          if (/^(\d{4}-)?\d{1,2}-\d{1,2}$/.test(date) && dayOf(date) === undefined)
            yield {
              found: `${field} is "${date}"`,
              because: "there is no such day",
              fix: `Write an existing day, for example "${DATE.examples[0]}".`,
            };
        }
        const most = limits.denyMaintenanceDaysHigh.value;
        const days = first === undefined || last === undefined ? 0 : (last - first) / DAY;
        if (days > most)
          yield {
            found: `end_date "${period.string("end_date")}" is ${days} days after start_date "${period.string("start_date")}"`,
            because: `a period lasts at most ${most} days`,
            fix: `Shorten it to ${most} days.`,
          };
      },
      { within: PERIOD, source: limits.denyMaintenanceDaysHigh.source },
    ),
    twoZones(ZONE, SECONDARY_ZONE),
    conflict(
      { [SECONDARY_ZONE]: [anything], "settings.availability_type": ["ZONAL"] },
      {
        when: { master_instance_name: [undefined] },
        because: "only REGIONAL has a standby",
        fix: 'Remove secondary_zone, or set availability_type = "REGIONAL".',
      },
    ),
  ],
};

const DAY = 24 * 60 * 60 * 1000;

/** Milliseconds of a date, of a leap year where none is written; undefined where there is no such day. */
function dayOf(date: string): number | undefined {
  const [day, month, year] = date.split("-").map(Number).reverse();
  if (day === undefined || month === undefined) return undefined;
  const found = new Date(Date.UTC(year ?? 2024, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? found.getTime() : undefined;
}
