import type { Json, Stacks } from "./project.ts";
import { logMetricSpelled } from "./project.ts";
import { parseQuery } from "./promql.ts";

const MINUTE = 60;
const LONGEST_ALIGNMENT = 90000;

/** What the API refuses of a policy, whatever the data. */
export function refusals(stacks: Stacks, policy: Json): string[] {
  const logs = policy.conditions.filter((condition: Json) => condition.condition_matched_log !== undefined);
  const limited = policy.alert_strategy?.notification_rate_limit !== undefined;
  const extractors = logs.flatMap((condition: Json) =>
    Object.values(condition.condition_matched_log.label_extractors ?? {}),
  );
  return [
    ...(policy.enabled === false ? ["it is switched off"] : []),
    ...(extractors.every((text: unknown) => /^(REGEXP_)?EXTRACT\(.+\)$/.test(String(text)))
      ? []
      : ["a label is taken with EXTRACT(...)"]),
    ...(logs.length > 0 !== limited ? ["a rate limit belongs to log conditions, and only to them"] : []),
    ...(policy.conditions.length < 1 || policy.conditions.length > 6 ? ["one to six conditions"] : []),
    ...policy.conditions.flatMap((condition: Json) => ofCondition(stacks, condition)),
  ];
}

function ofCondition(stacks: Stacks, condition: Json): string[] {
  const { condition_threshold: threshold, condition_absent: absent } = condition;
  const promql = condition.condition_prometheus_query_language;
  if (promql !== undefined) {
    const late = parseQuery(promql.query).terms.some(
      ({ name, matchers }) =>
        logMetricSpelled(stacks, name) !== undefined || matchers.monitored_resource === "uptime_url",
    );
    return [
      ...(seconds(promql.evaluation_interval) % 30 === 0 ? [] : ["evaluation_interval in steps of 30 s"]),
      ...(late && promql.disable_metric_validation !== true
        ? ["its metric does not exist before the first entry: the first apply fails"]
        : []),
    ];
  }
  if (threshold === undefined && absent === undefined) return [];
  const { duration } = threshold ?? absent;
  const aggregations: Json[] = [
    ...((threshold ?? absent).aggregations ?? []),
    ...(threshold?.denominator_aggregations ?? []),
  ];
  const periods = aggregations.map(({ alignment_period }) => seconds(alignment_period));
  return [
    ...(seconds(duration) % MINUTE === 0 ? [] : [`duration ${duration} is not whole minutes`]),
    ...(absent !== undefined && seconds(duration) < 2 * MINUTE
      ? ["an absence lasts two minutes at least"]
      : []),
    ...(periods.some((period) => !(period >= MINUTE && period <= LONGEST_ALIGNMENT) || period % MINUTE !== 0)
      ? ["an alignment period out of bounds"]
      : []),
    ...(new Set(periods).size > 1 ? ["both sides of a ratio are aligned alike"] : []),
    ...(threshold?.evaluation_missing_data !== undefined && seconds(duration) === 0
      ? ["evaluation_missing_data needs a duration"]
      : []),
    ...(threshold !== undefined && !/^COMPARISON_(GT|LT)$/.test(threshold.comparison)
      ? [`comparison ${threshold.comparison}`]
      : []),
  ];
}

function seconds(text: string): number {
  return Number.parseInt(text, 10);
}
