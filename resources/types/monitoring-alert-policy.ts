import { type Attributes, isSet } from "../attributes.ts";
import {
  anything,
  atMostOneOf,
  choice,
  custom,
  duration,
  exactlyOneOf,
  forbidden,
  form,
  required,
  size,
} from "../constraints/index.ts";
import { monitoringLimits as limits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";

const CHANNEL_DOC =
  "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannels";

const THRESHOLD = "conditions[].condition_threshold";
const ABSENCE = "conditions[].condition_absent";
const PROMQL = "conditions[].condition_prometheus_query_language";

/** Kinds of which a policy holds one condition and no other. */
const ALONE = ["condition_matched_log", "condition_monitoring_query_language", "condition_sql"];
const KINDS = ["condition_threshold", "condition_absent", "condition_prometheus_query_language", ...ALONE];

const AGGREGATIONS = [
  `${THRESHOLD}.aggregations[]`,
  `${THRESHOLD}.denominator_aggregations[]`,
  `${ABSENCE}.aggregations[]`,
];

const RATE_LIMIT = "alert_strategy.notification_rate_limit";
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };

/** Alert policy of Cloud Monitoring. */
export const monitoringAlertPolicy: ResourceType = {
  type: "google_monitoring_alert_policy",
  label: "alert",
  nameAttribute: null,
  requiredRole: "roles/monitoring.alertPolicyEditor",
  references: { notification_channels: ["google_monitoring_notification_channel"] },
  deleteImpact: {
    destroyed: "nobody is alerted any more when its condition is met",
    replaced: undefined,
  },
  fieldRules: [
    {
      id: "observability/channel",
      source: CHANNEL_DOC,
      constraints: [
        form("notification_channels", /^projects\/[^/]+\/notificationChannels\/[^/]+$/, {
          form: "the id of a channel, projects/PROJECT/notificationChannels/ID",
          examples: ["projects/acme/notificationChannels/1234"],
          fix: "Refer to the channel, for example [google_monitoring_notification_channel.ops.id].",
        }),
      ],
    },
    {
      id: "observability/alert-shape",
      why: "The provider accepts comparisons, combinations of conditions and rate limits that Cloud Monitoring rejects.",
      fix: "Write COMPARISON_GT or COMPARISON_LT, and one kind of condition in each conditions block.",
      source: limits.conditions.source,
      constraints: [
        choice("combiner", ["AND", "OR", "AND_WITH_MATCHING_RESOURCE"], { outcome: "rejected at plan" }),
        choice("severity", ["CRITICAL", "ERROR", "WARNING"], { outcome: "rejected at plan" }),
        size("conditions", "entries", {
          high: limits.conditions,
          fix: "Spread the conditions over several policies.",
        }),
        exactlyOneOf(KINDS, { within: "conditions[]" }),
        custom("no other condition next to one of logs, MQL or SQL", alone),
        size("display_name", "characters", { high: limits.displayNameLength }),
        choice("documentation.mime_type", ["text/markdown"]),
        size("documentation.content", "characters", {
          high: limits.documentationLength,
          fix: "Shorten it, and link to the runbook.",
        }),
        custom("user_labels in lower case", lowerCaseLabels),
        choice("comparison", ["COMPARISON_GT", "COMPARISON_LT"], { within: THRESHOLD }),
        required(["threshold_value"], {
          within: THRESHOLD,
          severity: "warning",
          outcome: "fails at run time",
          because: "the condition compares with 0",
          fix: "Write threshold_value, for example 0.9.",
        }),
        custom("one alignment_period on both sides of a ratio", sameAlignment, { within: THRESHOLD }),
        ...[THRESHOLD, ABSENCE].map((condition) =>
          atMostOneOf(["count", "percent"], {
            within: `${condition}.trigger`,
            zeroIsUnset: true,
            because: "a trigger counts time series or takes a share of them",
            source:
              "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#Trigger",
          }),
        ),
        custom("notification_rate_limit with a log condition, and only with one", rateLimit),
      ],
    },
    {
      id: "observability/alert-timing",
      why: "Cloud Monitoring evaluates once a minute: it rejects a duration that is not whole minutes, and an alignment period below one.",
      fix: 'Write whole minutes in seconds, for example "300s".',
      source: limits.durationStep.source,
      constraints: [
        ...[THRESHOLD, "conditions[].condition_monitoring_query_language"].map((within) =>
          duration("duration", { within, step: limits.durationStep }),
        ),
        duration("duration", {
          within: ABSENCE,
          low: limits.absenceDurationLow,
          high: limits.absenceDurationHigh,
          step: limits.durationStep,
        }),
        duration("duration", { within: PROMQL, low: 0 }),
        forbidden(["evaluation_missing_data"], {
          within: THRESHOLD,
          when: { duration: ["0s"] },
          because: `it needs a duration of at least ${limits.durationStep.value} s`,
          fix: `Set duration to "${limits.durationStep.value}s", or remove evaluation_missing_data.`,
        }),
        custom(
          `burn rates at most ${limits.burnRateLookbackHigh.value} s back`,
          function* (condition) {
            const filter = condition.pieces("filter").join("");
            const [, count, unit = ""] = /select_slo_burn_rate\(.*,\s*"?(\d+)([smhd])/.exec(filter) ?? [];
            const seconds = Number(count) * (SECONDS[unit] ?? 1);
            const most = limits.burnRateLookbackHigh.value;
            if (seconds > most)
              yield {
                found: `filter looks ${seconds} s back at a burn rate`,
                because: `it must be at most ${most} s`,
                fix: `Look back ${most} s, with a threshold that is higher by as much as the window is shorter.`,
              };
          },
          { within: THRESHOLD, source: limits.burnRateLookbackHigh.source },
        ),
        ...AGGREGATIONS.flatMap((within) => [
          duration("alignment_period", {
            within,
            low: limits.alignmentLow,
            high: limits.alignmentHigh,
            zeroIsUnset: true,
          }),
          required(["alignment_period"], {
            within,
            when: { per_series_aligner: [anything] },
            unless: { per_series_aligner: [undefined, "ALIGN_NONE"] },
            because: "an aligner needs one",
            fix: 'Add alignment_period = "60s".',
          }),
          forbidden(["cross_series_reducer"], {
            within,
            when: { per_series_aligner: [undefined, "ALIGN_NONE"] },
            unless: { cross_series_reducer: ["REDUCE_NONE"] },
            because: "only aligned series can be reduced",
            fix: 'Add per_series_aligner and alignment_period, for example "ALIGN_RATE" and "60s".',
          }),
        ]),
        duration("evaluation_interval", {
          within: PROMQL,
          low: limits.promqlIntervalStep,
          step: limits.promqlIntervalStep,
        }),
        duration("auto_close", {
          within: "alert_strategy",
          low: limits.autoCloseLow,
          high: limits.autoCloseHigh,
          zeroIsUnset: true,
        }),
      ],
    },
  ],
};

function* alone(policy: Attributes) {
  const conditions = policy.blocks("conditions");
  const kind = ALONE.find((each) => conditions.some((condition) => condition.blocks(each).length > 0));
  if (kind !== undefined && conditions.length > 1)
    yield {
      found: `conditions has a ${kind} among ${conditions.length}`,
      because: "it must be the only one",
      fix: "Give it a policy of its own.",
    };
}

function* lowerCaseLabels(policy: Attributes) {
  const labels = policy.isUnknown("user_labels") ? undefined : policy.get("user_labels");
  for (const [key, value] of Object.entries(labels ?? {}))
    if (/[A-Z\s]/.test(typeof value === "string" ? key + value : key)) {
      yield {
        found: `user_labels has ${key}`,
        because: "keys and values are lower-case letters, digits, underscores and hyphens",
        fix: `Write it in lower case, for example ${key.toLowerCase().replaceAll(/\s/g, "-")}.`,
      };
      return;
    }
}

function* sameAlignment(condition: Attributes) {
  const own = condition.string("aggregations.alignment_period");
  const below = condition.string("denominator_aggregations.alignment_period");
  if (own !== undefined && below !== undefined && own !== below)
    yield {
      found: `aggregations.alignment_period is "${own}" and denominator_aggregations.alignment_period is "${below}"`,
      because: "both sides of a ratio must have the same",
      fix: `Set alignment_period of denominator_aggregations to "${own}".`,
    };
}

function* rateLimit(policy: Attributes) {
  const conditions = policy.blocks("conditions");
  const ofLogs = conditions.some((condition) => condition.blocks("condition_matched_log").length > 0);
  if (ofLogs && !isSet(policy, RATE_LIMIT))
    yield {
      found: `${RATE_LIMIT} is not set`,
      because: "a policy with a condition_matched_log needs it",
      fix: 'Add alert_strategy { notification_rate_limit { period = "300s" } }.',
    };
  const allKnown = conditions.length > 0 && policy.entries("conditions") === conditions.length;
  if (!ofLogs && allKnown && policy.blocks(RATE_LIMIT).length > 0)
    yield {
      found: `${RATE_LIMIT} is set`,
      because: "only a policy with a condition_matched_log takes it",
      fix: "Remove notification_rate_limit.",
    };
}
