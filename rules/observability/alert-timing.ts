import { type Block, isUnknown, type Resource } from "../../graph/index.ts";
import { monitoringLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { type Condition, conditions } from "./conditions.ts";

/** Seconds of a written duration; null where it is written in another form. */
function written(block: Block, name: string): number | null | undefined {
  const value = block.get(name);
  if (value === undefined || value === "" || (typeof value !== "string" && typeof value !== "number"))
    return undefined;
  const match = /^(\d+(?:\.\d+)?)s$/.exec(String(value));
  return match === null ? null : Number(match[1]);
}

/** Durations and alignment periods of alert conditions are those that Monitoring takes. */
export const alertTiming: Rule = {
  id: "observability/alert-timing",
  why: "Cloud Monitoring looks once a minute: it refuses a duration that is not whole minutes, and an alignment period below one.",
  limit: `duration a multiple of ${monitoringLimits.durationStep.value} s (absence from ${monitoringLimits.absenceDurationLow.value} s); alignment_period ${monitoringLimits.alignmentLow.value} to ${monitoringLimits.alignmentHigh.value} s; auto_close from ${monitoringLimits.autoCloseLow.value} s; burn rates at most ${monitoringLimits.burnRateLookbackHigh.value} s back`,
  fix: 'Write whole minutes in seconds, for example "300s".',
  source: monitoringLimits.durationStep.source,
  example: `condition_threshold {
  duration = "90s"
  aggregations { alignment_period = "30s" }
}`,
  *check(graph) {
    for (const condition of conditions(graph)) {
      yield* duration(condition);
      yield* lookback(condition);
      for (const aggregation of ["aggregations", "denominator_aggregations"])
        for (const block of condition.block.blocks(aggregation)) yield* alignment(condition, block);
      if (condition.kind === "condition_prometheus_query_language") yield* evaluation(condition);
    }
    for (const policy of graph.all("google_monitoring_alert_policy")) yield* autoClose(policy);
  },
};

function* duration({ policy, kind, label, block }: Condition): Iterable<Verdict> {
  const seconds = written(block, "duration");
  const step = monitoringLimits.durationStep.value;
  if (seconds === null) {
    yield {
      resource: policy,
      severity: "error",
      message: `duration of ${label} is ${JSON.stringify(block.get("duration"))}: refused at apply, a duration is seconds followed by "s".`,
    };
    return;
  }
  if (seconds === undefined || kind === "condition_prometheus_query_language") return;
  if (seconds % step !== 0)
    yield {
      resource: policy,
      severity: "error",
      message: `duration of ${label} is ${seconds} s, not a multiple of ${step} s: refused at apply.`,
    };
  const least = monitoringLimits.absenceDurationLow.value;
  if (kind === "condition_absent" && seconds < least)
    yield {
      resource: policy,
      severity: "error",
      message: `duration of ${label} is ${seconds} s, below the ${least} s that an absence takes: refused at apply.`,
      fix: `Set it to ${least} s or more.`,
    };
  if (kind === "condition_threshold" && seconds === 0 && block.string("evaluation_missing_data"))
    yield {
      resource: policy,
      severity: "error",
      message: `evaluation_missing_data of ${label} needs a duration of at least ${step} s, it is 0 s: refused at apply.`,
      fix: `Set duration to ${step} s or remove evaluation_missing_data.`,
    };
}

function* lookback({ policy, label, block }: Condition): Iterable<Verdict> {
  const filter = block.get("filter");
  const text = isUnknown(filter) ? filter.parts.filter((part) => typeof part === "string").join("") : filter;
  const match = /select_slo_burn_rate\(.*,\s*"?(\d+)([smhd])/.exec(typeof text === "string" ? text : "");
  if (match === null) return;
  const seconds = Number(match[1]) * ({ s: 1, m: 60, h: 3600, d: 86400 }[match[2] ?? "s"] ?? 1);
  const most = monitoringLimits.burnRateLookbackHigh.value;
  if (seconds <= most) return;
  yield {
    resource: policy,
    severity: "error",
    message: `${label} looks ${seconds} s back at a burn rate, above ${most} s: refused at apply.`,
    fix: `Look back ${most} s, with a threshold that is higher by as much as the window is shorter.`,
  };
}

function* alignment({ policy, label }: Condition, block: Block): Iterable<Verdict> {
  const seconds = written(block, "alignment_period");
  const { alignmentLow, alignmentHigh } = monitoringLimits;
  const aligner = block.string("per_series_aligner");
  if (
    block.get("alignment_period") === undefined &&
    aligner !== undefined &&
    aligner !== "" &&
    aligner !== "ALIGN_NONE"
  )
    yield {
      resource: policy,
      severity: "error",
      message: `${label} aligns with ${aligner} but has no alignment_period: refused at apply.`,
      fix: 'Add alignment_period = "60s".',
    };
  if (seconds === null)
    yield {
      resource: policy,
      severity: "error",
      message: `alignment_period of ${label} is ${JSON.stringify(block.get("alignment_period"))}: refused at apply, a duration is seconds followed by "s".`,
    };
  else if (
    seconds !== undefined &&
    seconds > 0 &&
    (seconds < alignmentLow.value || seconds > alignmentHigh.value)
  )
    yield {
      resource: policy,
      severity: "error",
      message: `alignment_period of ${label} is ${seconds} s, outside ${alignmentLow.value} to ${alignmentHigh.value} s: refused at apply.`,
      fix: `Set it between ${alignmentLow.value} and ${alignmentHigh.value} s.`,
    };
  const reducer = block.string("cross_series_reducer");
  const aligned = aligner !== undefined && aligner !== "" && aligner !== "ALIGN_NONE";
  if (
    reducer !== undefined &&
    reducer !== "" &&
    reducer !== "REDUCE_NONE" &&
    !aligned &&
    block.get("per_series_aligner") === aligner
  )
    yield {
      resource: policy,
      severity: "error",
      message: `${label} reduces with ${reducer} but does not align first: refused at apply.`,
      fix: "Add per_series_aligner and alignment_period.",
    };
}

function* evaluation({ policy, label, block }: Condition): Iterable<Verdict> {
  const seconds = written(block, "evaluation_interval");
  const step = monitoringLimits.promqlIntervalStep.value;
  if (seconds === undefined || seconds === null || (seconds > 0 && seconds % step === 0)) return;
  yield {
    resource: policy,
    severity: "error",
    message: `evaluation_interval of ${label} is ${seconds} s, not a multiple of ${step} s: refused at apply.`,
    fix: `Set it to a multiple of ${step} s.`,
  };
}

function* autoClose(policy: Resource): Iterable<Verdict> {
  const strategy = policy.blocks("alert_strategy")[0];
  const seconds = strategy === undefined ? undefined : written(strategy, "auto_close");
  const least = monitoringLimits.autoCloseLow.value;
  if (seconds === undefined || seconds === null || seconds === 0 || seconds >= least) return;
  yield {
    resource: policy,
    severity: "error",
    message: `auto_close is ${seconds} s, below ${least} s: refused at apply.`,
    fix: `Set auto_close to ${least} s or more.`,
  };
}
