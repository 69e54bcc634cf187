import { isUnknown, type Resource } from "../../graph/index.ts";
import { monitoringLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { CONDITION_KINDS, type Condition, conditionsOf } from "./conditions.ts";

const COMBINERS = ["AND", "OR", "AND_WITH_MATCHING_RESOURCE"];
const COMPARISONS = ["COMPARISON_GT", "COMPARISON_LT"];

/** An alert policy has the parts that Monitoring asks for, and only those that go together. */
export const alertShape: Rule = {
  id: "observability/alert-shape",
  why: "The provider accepts comparisons, combinations of conditions and rate limits that Cloud Monitoring refuses.",
  limit: `comparison GT or LT; 1 to ${monitoringLimits.conditions.value} conditions of one kind each; notification_rate_limit with log conditions, and only with them`,
  fix: "Write the policy as the API takes it: COMPARISON_GT or COMPARISON_LT, one condition kind per conditions block.",
  source: monitoringLimits.conditions.source,
  example: `condition_threshold {
  comparison = "COMPARISON_GE"
}`,
  *check(graph) {
    for (const policy of graph.all("google_monitoring_alert_policy")) {
      const found = conditionsOf(policy);
      yield* combination(policy, found);
      for (const condition of found) yield* comparison(condition);
      yield* rateLimit(policy, found);
      yield* texts(policy);
      for (const condition of found) yield* ratio(condition);
    }
  },
};

function* combination(policy: Resource, found: readonly Condition[]): Iterable<Verdict> {
  const combiner = policy.string("combiner");
  if (combiner && !COMBINERS.includes(combiner))
    yield {
      resource: policy,
      severity: "error",
      message: `combiner is "${combiner}": refused at plan, it is one of ${COMBINERS.join(", ")}.`,
    };
  const most = monitoringLimits.conditions.value;
  const outer = policy.blocks("conditions");
  if (outer.length > most)
    yield {
      resource: policy,
      severity: "error",
      message: `the policy has ${outer.length} conditions, above ${most}: refused at apply.`,
      fix: "Spread the conditions over several policies.",
    };
  for (const block of outer) {
    const kinds = CONDITION_KINDS.filter((kind) => block.blocks(kind).length > 0);
    const unsure = [...CONDITION_KINDS, "dynamic"].some(
      (name) => isUnknown(block.get(name)) || (name === "dynamic" && block.get(name) !== undefined),
    );
    if (kinds.length === 1 || (kinds.length === 0 && unsure)) continue;
    const name = block.string("display_name") ?? "";
    yield {
      resource: policy,
      severity: "error",
      message:
        kinds.length === 0
          ? `the condition "${name}" has no condition_threshold or other kind: refused at apply.`
          : `the condition "${name}" has ${kinds.join(" and ")}: refused at apply, it has one.`,
    };
  }
  const alone = found.find(
    ({ kind }) =>
      kind === "condition_monitoring_query_language" ||
      kind === "condition_sql" ||
      kind === "condition_matched_log",
  );
  if (alone !== undefined && outer.length > 1)
    yield {
      resource: policy,
      severity: "error",
      message: `${alone.label} is a ${alone.kind} among ${outer.length} conditions: refused at apply, it must be the only one.`,
      fix: "Give it a policy of its own.",
    };
}

const SEVERITIES = ["CRITICAL", "ERROR", "WARNING"];
const DISPLAY_NAME = 512;
const DOCUMENTATION = 8192;

/** O9: what people read in an alert. */
function* texts(policy: Resource): Iterable<Verdict> {
  const severity = policy.string("severity");
  if (severity && !SEVERITIES.includes(severity))
    yield {
      resource: policy,
      severity: "error",
      message: `severity is "${severity}": refused at plan, it is one of ${SEVERITIES.join(", ")}.`,
    };
  for (const [path, most] of [
    ["display_name", DISPLAY_NAME],
    ["documentation.content", DOCUMENTATION],
  ] as const) {
    const length = policy.string(path)?.length ?? 0;
    if (length > most)
      yield {
        resource: policy,
        severity: "error",
        message: `${path} has ${length} characters, above ${most}: refused at apply.`,
        fix: "Shorten it, and link to the runbook.",
      };
  }
  const labels = policy.get("user_labels");
  const wrong =
    typeof labels === "object" && !Array.isArray(labels) && !isUnknown(labels)
      ? Object.entries(labels).find(([key, value]) =>
          /[A-Z\s]/.test(typeof value === "string" ? key + value : key),
        )
      : undefined;
  if (wrong !== undefined)
    yield {
      resource: policy,
      severity: "error",
      message: `user_labels holds ${wrong[0]}: refused at apply, keys and values are lower-case letters, digits, underscores and hyphens.`,
      fix: "Write it in lower case.",
    };
}

/** O6: both sides of a ratio are aligned alike. */
function* ratio({ policy, label, block }: Condition): Iterable<Verdict> {
  const [above] = block.blocks("aggregations");
  const [below] = block.blocks("denominator_aggregations");
  const [one, other] = [above?.string("alignment_period"), below?.string("alignment_period")];
  if (one === undefined || other === undefined || one === other) return;
  yield {
    resource: policy,
    severity: "error",
    message: `${label} divides by a series aligned to ${other}, itself to ${one}: refused at apply, both have the same alignment_period.`,
    fix: `Set alignment_period of denominator_aggregations to ${one}.`,
  };
}

function* comparison({ policy, kind, label, block }: Condition): Iterable<Verdict> {
  if (kind !== "condition_threshold") return;
  const written = block.string("comparison");
  if (written !== undefined && written !== "" && !COMPARISONS.includes(written))
    yield {
      resource: policy,
      severity: "error",
      message: `comparison of ${label} is ${written}: refused at apply, Monitoring takes ${COMPARISONS.join(" and ")} only.`,
    };
  if (block.get("threshold_value") === undefined)
    yield {
      resource: policy,
      severity: "warning",
      message: `${label} has no threshold_value: it compares with 0.`,
      fix: "Write threshold_value.",
    };
}

function* rateLimit(policy: Resource, found: readonly Condition[]): Iterable<Verdict> {
  const strategy = policy.get("alert_strategy");
  if (isUnknown(strategy) || isUnknown(policy.get("conditions")) || policy.get("dynamic") !== undefined)
    return;
  const limited = policy.blocks("alert_strategy.notification_rate_limit").length > 0;
  const logs = found.some(({ kind }) => kind === "condition_matched_log");
  if (logs && !limited && !isUnknown(policy.get("alert_strategy.notification_rate_limit")))
    yield {
      resource: policy,
      severity: "error",
      message: "the policy matches log entries but has no notification_rate_limit: refused at apply.",
      fix: 'Add alert_strategy { notification_rate_limit { period = "300s" } }.',
    };
  if (limited && !logs && found.length > 0)
    yield {
      resource: policy,
      severity: "error",
      message: "notification_rate_limit is set, but no condition matches log entries: refused at apply.",
      fix: "Remove notification_rate_limit.",
    };
}
