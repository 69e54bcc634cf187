import type { Seconds } from "../units.ts";
import type { PromqlQuery } from "./promql.ts";
import type { SymptomId } from "./symptoms.ts";

/** "page" wakes somebody: users are affected now. "ticket" waits for the morning: they will be, if nobody acts. */
export type Severity = "page" | "ticket";

/** One alert, with everything that a person on call needs. */
export interface Alert {
  /** Unique in the environment; part of the resource's address: "connector-throughput". */
  readonly id: string;
  readonly severity: Severity;
  /** Page of the runbook. */
  readonly symptom: SymptomId;
  /** One line for the pager. */
  readonly title: string;
  /** What it means, and what happens if nobody acts. */
  readonly meaning: string;
  /** The numbers behind the threshold, each with the setting that states it. */
  readonly numbers: readonly string[];
  /** The first three commands, with this environment's names. */
  readonly commands: readonly [string, string, string];
  /** "OR": any of the conditions; "AND": all at once. @default "OR" */
  readonly combiner?: "OR" | "AND";
  readonly conditions: readonly [Condition, ...Condition[]];
}

/** Time series of one metric on one kind of resource, narrowed by labels. */
export interface Series {
  /** Metric type: "run.googleapis.com/request_count". */
  readonly metric: string;
  /** Monitored resource type: "cloud_run_revision". */
  readonly resource: string;
  /** Labels of the resource that must be equal. @default none */
  readonly resourceLabels?: Readonly<Record<string, string>>;
  /** Labels of the metric that must be equal. A number or a boolean is written without quotes. @default none */
  readonly metricLabels?: Readonly<Record<string, string | number | boolean>>;
}

/** How points become one series to compare: aligned within a period, then reduced over the series of a group. */
export interface Aggregation {
  /** Alignment period, a multiple of 60 s. */
  readonly period: Seconds;
  readonly aligner:
    | "ALIGN_MAX"
    | "ALIGN_MEAN"
    | "ALIGN_DELTA"
    | "ALIGN_RATE"
    | "ALIGN_SUM"
    | "ALIGN_COUNT_TRUE"
    | "ALIGN_PERCENTILE_95"
    | "ALIGN_PERCENTILE_99";
  /** @default none: each series is compared by itself */
  readonly reducer?:
    | "REDUCE_SUM"
    | "REDUCE_MAX"
    | "REDUCE_MIN"
    | "REDUCE_PERCENTILE_50"
    | "REDUCE_PERCENTILE_95";
  /** "resource.label.service_name", "metric.label.reason" ... @default all series together */
  readonly groupBy?: readonly string[];
}

/** Fires while every aligned point of `duration` is above (or below) the threshold; recovers at the first that is not. */
export interface ThresholdCondition {
  readonly kind: "threshold";
  readonly title: string;
  readonly series: Series;
  /** Divides: the condition compares series / denominator. */
  readonly denominator?: Series;
  readonly aggregation: Aggregation;
  readonly comparison: "COMPARISON_GT" | "COMPARISON_LT";
  readonly threshold: number;
  /** 0, or whole minutes. */
  readonly duration: Seconds;
  /** Evaluation of missing data; only with a duration. @default the state does not change */
  readonly missingData?: "EVALUATION_MISSING_DATA_INACTIVE" | "EVALUATION_MISSING_DATA_ACTIVE";
}

/** Fires where a known series has no points for `duration`; recovers with the next point. */
export interface AbsenceCondition {
  readonly kind: "absence";
  readonly title: string;
  readonly series: Series;
  readonly aggregation: Aggregation;
  /** Whole minutes, at least two. */
  readonly duration: Seconds;
}

/** A PromQL comparison: the only kind of condition that is accepted before the metric has its first point. */
export interface PromqlCondition {
  readonly kind: "promql";
  readonly title: string;
  readonly query: PromqlQuery;
  readonly duration: Seconds;
  readonly interval: Seconds;
}

/** Fires while the error budget of an objective burns faster than `factor` over the window. */
export interface BurnRateCondition {
  readonly kind: "burn-rate";
  readonly title: string;
  /** Id of the objective. */
  readonly objective: string;
  readonly window: Seconds;
  readonly factor: number;
}

/** Fires with each matching log entry; recovers when Monitoring closes the incident. */
export interface LogCondition {
  readonly kind: "log";
  readonly title: string;
  readonly filter: string;
  /** Labels of the incident, each an extractor: EXTRACT(jsonPayload.drift.stack). @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** At most one message in this time. */
  readonly every: Seconds;
  /** The incident closes after this time without further entries. */
  readonly autoClose: Seconds;
}

export type Condition =
  | ThresholdCondition
  | AbsenceCondition
  | PromqlCondition
  | BurnRateCondition
  | LogCondition;
