import { type Attributes, isSet } from "../attributes.ts";
import { custom, duration, durationSeconds, exactlyOneOf, form, range } from "../constraints/index.ts";
import { monitoringLimits as limits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";
import { viewImpact } from "./monitoring-view.ts";

const RATIO = ["good_service_filter", "bad_service_filter", "total_service_filter"];
const DAY = 86400;
const atPlan = { outcome: "rejected at plan" } as const;

/** Service level objective of Cloud Monitoring. */
export const monitoringSlo: ResourceType = {
  type: "google_monitoring_slo",
  label: "objective",
  nameAttribute: "slo_id",
  requiredRole: "roles/monitoring.servicesEditor",
  deleteImpact: viewImpact,
  references: { service: ["google_monitoring_custom_service", "google_monitoring_service"] },
  fieldRules: [
    {
      id: "observability/objective",
      source: limits.objectiveGoalHigh.source,
      constraints: [
        form("slo_id", /^[A-Za-z0-9\-_:.]+$/, {
          ...atPlan,
          form: "letters, digits, colons, dots, hyphens and underscores",
          examples: ["api-availability"],
        }),
        custom(`goal: above 0 and at most ${limits.objectiveGoalHigh.value}`, goal, atPlan),
        range("rolling_period_days", {
          ...atPlan,
          low: 1,
          high: limits.objectiveRollingDaysHigh,
          zeroIsUnset: true,
        }),
        exactlyOneOf(["rolling_period_days", "calendar_period"], { ...atPlan, zeroIsUnset: true }),
        exactlyOneOf(["basic_sli", "request_based_sli", "windows_based_sli"], atPlan),
        duration("window_period", { within: "windows_based_sli", low: 60 }),
        custom("windows_based_sli.window_period: a fraction of a day", fractionOfDay, {
          within: "windows_based_sli",
        }),
        ...["request_based_sli", "windows_based_sli.good_total_ratio_threshold.performance"].map((within) =>
          custom("good_total_ratio: two of good, bad and total", twoFilters, { within }),
        ),
      ],
    },
  ],
};

function* goal(slo: Attributes) {
  const value = slo.number("goal");
  const high = limits.objectiveGoalHigh.value;
  if (value !== undefined && (value <= 0 || value > high))
    yield {
      found: `goal is ${value}`,
      because: `it must be above 0 and at most ${high}`,
      fix: "Write the goal as a share below 1, for example 0.995.",
    };
}

function* fractionOfDay(windows: Attributes) {
  const seconds = durationSeconds(windows.string("window_period") ?? "");
  if (seconds !== undefined && seconds >= 60 && DAY % seconds !== 0)
    yield {
      found: `window_period is ${seconds} s`,
      because: "it must divide a day",
      fix: 'Set window_period to "300s", for example.',
    };
}

function* twoFilters(indicator: Attributes) {
  for (const ratio of indicator.blocks("good_total_ratio")) {
    const written = RATIO.filter((name) => isSet(ratio, name));
    const certain = written.filter((name) => !ratio.mayBeNull(name));
    if (certain.length > 2 || written.length < 2)
      yield {
        found: `good_total_ratio has ${written.length === 0 ? "no filter" : written.join(", ")}`,
        because: "it takes exactly two of good, bad and total",
        fix: "Keep two of the three filters, for example bad_service_filter and total_service_filter.",
      };
  }
}
