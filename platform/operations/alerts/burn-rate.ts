import { monitoringLimits } from "../../limits.ts";
import { plural } from "../../plural.ts";
import { type Seconds, seconds } from "../../units.ts";
import type { Alert, Severity } from "../alert.ts";
import type { Context } from "../context.ts";
import { type Objective, objectives } from "../objectives.ts";
import { percent } from "../shares.ts";

/** One pair of windows: the long one says that it matters, the short one that it still goes on. */
interface BurnWindow {
  readonly id: string;
  readonly severity: Severity;
  /** Share of the error budget that is gone when it has burned like this for the long window. */
  readonly budget: number;
  readonly long: Seconds;
  readonly short: Seconds;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * Multiwindow burn rates of the SRE workbook (https://sre.google/workbook/alerting-on-slos/): 14.4 and 6 times for a
 * page. Its third pair, once over three days, is out of Google's reach; three times over one day spends the same
 * tenth of the budget (docs/decisions/0015).
 */
export const burnWindows: readonly BurnWindow[] = [
  { id: "fast", severity: "page", budget: 0.02, long: seconds(HOUR), short: seconds(HOUR / 12) },
  { id: "steady", severity: "page", budget: 0.05, long: seconds(6 * HOUR), short: seconds(HOUR / 2) },
  {
    id: "slow",
    severity: "ticket",
    budget: 0.1,
    long: seconds(monitoringLimits.burnRateLookbackHigh.value),
    short: seconds(2 * HOUR),
  },
];

/** Of the highest burn rate there is: where everything fails. */
const REACHABLE = 0.9;

/**
 * How many times faster than sustainable the budget burns. Where a goal is so low that even a total failure would not
 * burn that fast, nearly a total failure is enough: otherwise the alert could never fire.
 */
export function burnFactor(
  { goal, days }: Pick<Objective, "goal" | "days">,
  { budget, long }: BurnWindow,
): number {
  const factor = Math.min((budget * days * DAY) / long, REACHABLE / (1 - goal));
  return Math.round(factor * 100) / 100;
}

/** For each objective: a page when the budget is gone in days, a ticket when it will not last. */
export function burnRateAlerts(context: Context): Alert[] {
  return objectives(context.environment).flatMap((objective) =>
    burnWindows.map((window) => burnRateAlert(context, objective, window)),
  );
}

function burnRateAlert(context: Context, objective: Objective, window: BurnWindow): Alert {
  const { environment, names, project, place } = context;
  const factor = burnFactor(objective, window);
  const name = names.service(objective.service);
  const slow = objective.kind === "latency";
  const condition =
    objective.indicator.kind === "distribution"
      ? `httpRequest.latency>"${objective.indicator.milliseconds / 1000}s"`
      : "httpRequest.status>=500";
  return {
    id: `${objective.id}-${window.id}-burn`,
    severity: window.severity,
    symptom: slow ? "requests-slow" : "error-budget-burning",
    title: `${name} burns its ${objective.kind} budget ${factor} times too fast over ${hours(window.long)}`,
    meaning: `${slow ? "Too many requests are slow" : "Too many requests fail"}: at this rate the error budget of ${objective.days} days is gone in ${days(objective.days / factor)}.`,
    numbers: [
      `${objective.title} over ${objective.days} days (objectives.${objective.kind})`,
      `${factor} times ${percent(1 - objective.goal)} ${slow ? "slow" : "failed"} requests, over ${window.long} s and still over the last ${window.short} s: ${percent((factor * window.long) / (objective.days * DAY))} of the budget`,
    ],
    commands: [
      `gcloud run revisions list --service=${name} ${place}`,
      `gcloud logging read 'resource.type="cloud_run_revision" AND resource.labels.service_name="${name}" AND ${condition}' --freshness=1h --limit=20 ${project}`,
      `npm run validate -- ${environment.name}`,
    ],
    combiner: "AND",
    conditions: [burning(objective, window.long, factor), burning(objective, window.short, factor)],
  };
}

function burning(objective: Objective, window: Seconds, factor: number) {
  return {
    kind: "burn-rate",
    title: `burn rate over ${window} s above ${factor}`,
    objective: objective.id,
    window,
    factor,
  } as const;
}

function hours(window: Seconds): string {
  return plural(window / HOUR, "hour");
}

function days(count: number): string {
  return count >= 1 ? `${Math.round(count * 10) / 10} days` : `${Math.round(count * 24)} hours`;
}
