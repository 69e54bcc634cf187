import { monitoringLimits } from "../../../resources/limits.ts";
import { plural } from "../../../values/words.ts";
import { type Seconds, seconds } from "../../units.ts";
import type { Alert, Severity } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import type { Objective } from "../objectives.ts";
import { percent } from "../thresholds.ts";

/** A pair of windows: the long one shows that it matters, the short one that it continues. */
interface BurnWindow {
  readonly id: string;
  readonly severity: Severity;
  /** Share of the error budget that is spent at this rate within the long window. */
  readonly budget: number;
  readonly long: Seconds;
  readonly short: Seconds;
}

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * Multiwindow burn rates of the SRE workbook (https://sre.google/workbook/alerting-on-slos/): 14.4 and 6 times for a
 * page. Its third pair, once over three days, exceeds Google's longest look-back; three times over one day spends the same
 * tenth of the budget (docs/decisions/0015).
 */
export const burnWindows: readonly BurnWindow[] = [
  {
    id: "fast",
    severity: "page",
    budget: 0.02,
    long: seconds(HOUR_SECONDS),
    short: seconds(HOUR_SECONDS / 12),
  },
  {
    id: "steady",
    severity: "page",
    budget: 0.05,
    long: seconds(6 * HOUR_SECONDS),
    short: seconds(HOUR_SECONDS / 2),
  },
  {
    id: "slow",
    severity: "ticket",
    budget: 0.1,
    long: seconds(monitoringLimits.burnRateLookbackHigh.value),
    short: seconds(2 * HOUR_SECONDS),
  },
];

/** Of the highest possible burn rate, at which every request fails. */
const HIGHEST_BURN_RATE_SHARE = 0.9;

/**
 * How many times faster than sustainable the budget burns. Where a goal is so low that even a total failure cannot
 * burn that fast, nearly a total failure is enough: otherwise the alert could never fire.
 */
export function burnFactor(
  { goal, days }: Pick<Objective, "goal" | "days">,
  { budget, long }: BurnWindow,
): number {
  const factor = Math.min((budget * days * DAY_SECONDS) / long, HIGHEST_BURN_RATE_SHARE / (1 - goal));
  return Math.round(factor * 100) / 100;
}

/** The share of failed requests at which the error budget of 30 days burns as fast as a burn window allows. */
export function errorThreshold(
  goal: number,
  windowId: "fast" | "steady",
): { readonly factor: number; readonly errors: number } {
  const window = burnWindows.find(({ id }) => id === windowId);
  const factor = window === undefined ? 1 : burnFactor({ goal, days: 30 }, window);
  return { factor, errors: Math.round(factor * (1 - goal) * 1e6) / 1e6 };
}

/** For each objective: a page where the budget is spent within days, a ticket where it does not last. */
export function burnRateAlerts(context: AlertContext<"serviceObjectives">): Alert[] {
  return context.serviceObjectives.flatMap((objective) =>
    burnWindows.map((window) => burnRateAlert(context, objective, window)),
  );
}

function burnRateAlert(context: AlertContext, objective: Objective, window: BurnWindow): Alert {
  const { names, projectFlag, locationFlags } = context;
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
      `${factor} times ${percent(1 - objective.goal)} ${slow ? "slow" : "failed"} requests, over ${window.long} s and still over the last ${window.short} s: ${percent((factor * window.long) / (objective.days * DAY_SECONDS))} of the budget`,
    ],
    commands: [
      `gcloud run revisions list --service=${name} ${locationFlags}`,
      `gcloud logging read 'resource.type="cloud_run_revision" AND resource.labels.service_name="${name}" AND ${condition}' --freshness=1h --limit=20 ${projectFlag}`,
      context.checkCommands.outside,
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
  return plural(window / HOUR_SECONDS, "hour");
}

function days(count: number): string {
  return count >= 1 ? `${Math.round(count * 10) / 10} days` : `${Math.round(count * 24)} hours`;
}
