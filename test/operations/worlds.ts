import { type Json, resourcesOf, type Stacks } from "./evaluator/project.ts";
import type { LogEntry, Point, TimeSeries, World } from "./evaluator/series.ts";
import { simulate } from "./evaluator/simulate.ts";

const MINUTE = 60;

/** An hour as it should be, then an hour of trouble. */
export const HOUR = 60;
const MINUTES = 2 * HOUR;

type Value = number | readonly number[];
/** What is reported in a minute; undefined where nothing is. */
export type Course = (minute: number) => Value | undefined;

/** One value in the first hour, another in the second. */
export function then(before: Value | undefined, after: Value | undefined): Course {
  return (minute) => (minute <= HOUR ? before : after);
}

/** Resource type, its labels, and what it reports: metric, labels, values. */
type Report = readonly [metric: string, labels: Readonly<Record<string, string>>, course: Course];

export function reports(
  resource: string,
  resourceLabels: Readonly<Record<string, string>>,
  rows: readonly Report[],
): TimeSeries[] {
  return rows.map(([metric, metricLabels, course]) => ({
    metric,
    resource,
    resourceLabels,
    metricLabels,
    points: Array.from({ length: MINUTES }, (_, index) => index + 1).flatMap((minute): Point[] => {
      const value = course(minute);
      return value === undefined ? [] : [{ at: minute * MINUTE, value }];
    }),
  }));
}

/** The same entry every so many minutes of the second hour, so many times. */
export function logged(entry: Json, every: number, times = 1): LogEntry[] {
  return Array.from({ length: HOUR }, (_, index) => HOUR + index + 1)
    .filter((minute) => minute % every === 0)
    .flatMap((minute) => Array.from({ length: times }, () => ({ at: minute * MINUTE, entry })));
}

/** Ids of the policies that fire at any time, pages and tickets apart. */
export function firing(stacks: Stacks, world: World): { pages: string[]; tickets: string[] } {
  const found = resourcesOf(stacks, "google_monitoring_alert_policy").filter(([, policy]) =>
    simulate(stacks, policy, world, MINUTES).includes(true),
  );
  const ids = (severity: string): string[] =>
    found
      .filter(([, policy]) => policy.severity === severity)
      .map(([name]) => name.replace(/^alert-(.*)_[0-9A-F]{8}$/, "$1"))
      .sort();
  return { pages: ids("CRITICAL"), tickets: ids("WARNING") };
}
