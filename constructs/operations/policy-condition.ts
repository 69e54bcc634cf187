import type { MonitoringAlertPolicyConditions } from "@cdktf/provider-google/lib/monitoring-alert-policy/index.js";
import type { Aggregation, Condition, ThresholdCondition } from "../../platform/operations/alert.ts";
import { filterText } from "../../platform/operations/filter.ts";
import { promqlText } from "../../platform/operations/promql.ts";

/** One series is enough to fire. */
const ANY_SERIES = { count: 1 };

/** A condition in the form of Monitoring's API. */
export function policyCondition(
  condition: Condition,
  objectiveName: (id: string) => string,
): MonitoringAlertPolicyConditions {
  const displayName = condition.title;
  switch (condition.kind) {
    case "threshold":
      return { displayName, conditionThreshold: threshold(condition) };
    case "absence":
      return {
        displayName,
        conditionAbsent: {
          filter: filterText(condition.series),
          aggregations: [aggregation(condition.aggregation)],
          duration: `${condition.duration}s`,
          trigger: ANY_SERIES,
        },
      };
    case "promql":
      return {
        displayName,
        conditionPrometheusQueryLanguage: {
          query: promqlText(condition.query),
          duration: `${condition.duration}s`,
          evaluationInterval: `${condition.interval}s`,
          // The metric of a log or of an uptime check exists only after its first point.
          disableMetricValidation: true,
        },
      };
    case "burn-rate":
      return {
        displayName,
        conditionThreshold: {
          filter: `select_slo_burn_rate("${objectiveName(condition.objective)}", "${condition.window}s")`,
          comparison: "COMPARISON_GT",
          thresholdValue: condition.factor,
          duration: "0s",
          trigger: ANY_SERIES,
        },
      };
    case "log":
      return {
        displayName,
        conditionMatchedLog: {
          filter: condition.filter,
          ...(condition.labels === undefined ? {} : { labelExtractors: { ...condition.labels } }),
        },
      };
  }
}

function threshold(condition: ThresholdCondition) {
  const { series, denominator, missingData } = condition;
  const aggregations = [aggregation(condition.aggregation)];
  return {
    filter: filterText(series),
    aggregations,
    // Both sides of a ratio must have the same alignment.
    ...(denominator === undefined
      ? {}
      : { denominatorFilter: filterText(denominator), denominatorAggregations: aggregations }),
    comparison: condition.comparison,
    thresholdValue: condition.threshold,
    duration: `${condition.duration}s`,
    ...(missingData === undefined ? {} : { evaluationMissingData: missingData }),
    trigger: ANY_SERIES,
  };
}

function aggregation({ period, aligner, reducer, groupBy }: Aggregation) {
  return {
    alignmentPeriod: `${period}s`,
    perSeriesAligner: aligner,
    ...(reducer === undefined ? {} : { crossSeriesReducer: reducer }),
    ...(groupBy === undefined ? {} : { groupByFields: [...groupBy] }),
  };
}
