import { describe, expect, test } from "@jest/globals";
import { environment, production } from "../support/environments.ts";
import { addTopic } from "../support/sample-topic.ts";
import { synthesized } from "../support/synthesized.ts";
import { type Json, resourcesOf, type Stacks } from "./evaluator/project.ts";
import { prove } from "./evaluator/prove.ts";

const evicting = environment((draft) => {
  draft.cache.evictionPolicy = "allkeys-lru";
  draft.database.availability = "REGIONAL";
  draft.objectives.availability = 0.6;
  draft.services[1].latency = 20;
  delete draft.services[0].exposure;
  draft.services[0].dependsOn = [];
  draft.services[1].dependsOn = ["clickhouse"];
  draft.services[2].dependsOn = ["backend"];
});

const messaging = environment((draft) => {
  addTopic(draft, 0, 2);
  draft.services[0].subscriptions[0].deadline = 120;
});

describe.each([
  ["staging", environment()],
  ["production", production()],
  ["a low objective, an internal service, evictions and a standby", evicting],
  ["two services that subscribe to a topic", messaging],
])("every alert policy of %s fires, holds and recovers", (_, subject) => {
  const stacks: Stacks = synthesized(subject);
  const policies = resourcesOf(stacks, "google_monitoring_alert_policy");

  test("there are policies, and each has a name of its own", () => {
    expect(policies.length).toBeGreaterThan(40);
    expect(new Set(policies.map(([, policy]) => policy.display_name)).size).toBe(policies.length);
  });

  test.each(policies)("%s", (_, policy) => expect(prove(stacks, policy)).toEqual([]));
});

describe("a broken policy is found out", () => {
  const stacks: Stacks = synthesized(environment());

  /** What is said of the policy whose address begins so, after the change. */
  function broken(address: string, change: (policy: Json) => void): string[] {
    const found = resourcesOf(stacks, "google_monitoring_alert_policy").find(([name]) =>
      name.startsWith(address),
    );
    const policy = structuredClone(found?.[1]);
    change(policy);
    return prove(stacks, policy);
  }
  const threshold = (policy: Json): Json => policy.conditions[0].condition_threshold;

  test.each<[string, string, (policy: Json) => void, RegExp]>([
    [
      "a share above all there is",
      "alert-database-cpu",
      (p) => (threshold(p).threshold_value = 1.2),
      /can never fire/,
    ],
    [
      "a whole maximum",
      "alert-connector-instances",
      (p) => (threshold(p).threshold_value = 10),
      /can never fire/,
    ],
    [
      "more connections than there are",
      "alert-database-connections_",
      (p) => (threshold(p).threshold_value = 1253),
      /can never fire/,
    ],
    [
      "a burn rate beyond total failure",
      "alert-auth-latency-fast-burn",
      (p) => (threshold(p).threshold_value = 21),
      /can never fire/,
    ],
    [
      "a misspelled label",
      "alert-auth-errors",
      (p) => (threshold(p).filter = threshold(p).filter.replace("response_code_class", "response_class")),
      /has no label response_class/,
    ],
    [
      "a metric that nobody reports",
      "alert-redis-clients",
      (p) => (threshold(p).filter = threshold(p).filter.replace("clients/connected", "connected_clients")),
      /does not report/,
    ],
    [
      "a service that is not there",
      "alert-auth-latency_",
      (p) => (threshold(p).filter = threshold(p).filter.replace("staging-auth", "auth")),
      /named auth: it never fires/,
    ],
    [
      "the database of another project",
      "alert-database-cpu",
      (p) => (threshold(p).filter = threshold(p).filter.replace("netra-staging:", "netra:")),
      /another project/,
    ],
    [
      "a comparison the wrong way round",
      "alert-redis-memory",
      (p) => (threshold(p).comparison = "COMPARISON_LT"),
      /fires while all is well/,
    ],
    [
      "an aligner that does not fit",
      "alert-auth-latency_",
      (p) => (threshold(p).aggregations[0].per_series_aligner = "ALIGN_MEAN"),
      /does not align a DELTA DISTRIBUTION: refused/,
    ],
    ["half a minute", "alert-database-cpu", (p) => (threshold(p).duration = "90s"), /refused: duration 90s/],
    [
      "three days of burning",
      "alert-auth-availability-slow-burn",
      (p) => (threshold(p).filter = threshold(p).filter.replace("86400s", "259200s")),
      /a day at most/,
    ],
    [
      "a metric that has yet to exist",
      "alert-log-redis-error-3",
      (p) => (p.conditions[0].condition_prometheus_query_language.disable_metric_validation = false),
      /first apply fails/,
    ],
    [
      "a log metric that is not defined",
      "alert-log-redis-error-3",
      (p) =>
        (p.conditions[0].condition_prometheus_query_language.query =
          p.conditions[0].condition_prometheus_query_language.query.replace("redis_error", "redis_eror")),
      /it never fires/,
    ],
    [
      "a filter of logs that matches nothing",
      "alert-drift",
      (p) => (p.conditions[0].condition_matched_log.filter = 'jsonPayload.drifted.status:"x"'),
      /can never fire/,
    ],
    [
      "a duration of missing data",
      "alert-auth-start-up",
      (p) => (threshold(p).evaluation_missing_data = "EVALUATION_MISSING_DATA_INACTIVE"),
      /needs a duration/,
    ],
    [
      "a value that a label never has",
      "alert-database-logins",
      (p) => (threshold(p).filter = threshold(p).filter.replace('"failed"', '"failure"')),
      /login_status is never "failure"/,
    ],
    [
      "a packet that is dropped for another reason",
      "alert-nat-dropped",
      (p) => (threshold(p).filter = threshold(p).filter.replace("OUT_OF_RESOURCES", "NO_PORTS")),
      /reason is never "NO_PORTS"/,
    ],
    [
      "silence that counts as trouble",
      "alert-database-cpu",
      (p) => (threshold(p).evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"),
      /fires when all was well and no data comes any more/,
    ],
    [
      "all series at once",
      "alert-database-cpu",
      (p) => (threshold(p).trigger = { percent: 100 }),
      /a share of all series/,
    ],
    [
      "a group that PromQL does not have",
      "alert-log-redis-error-3",
      (p) =>
        (p.conditions[0].condition_prometheus_query_language.query =
          p.conditions[0].condition_prometheus_query_language.query.replace("(service_name)", "(service)")),
      /no label service to group by/,
    ],
    [
      "a label of an entry without EXTRACT",
      "alert-drift",
      (p) => (p.conditions[0].condition_matched_log.label_extractors.stack = "jsonPayload.drift.stack"),
      /refused: a label is taken with EXTRACT/,
    ],
    ["a policy that is switched off", "alert-database-cpu", (p) => (p.enabled = false), /switched off/],
    [
      "a condition of another kind",
      "alert-auth-errors",
      (p) => (p.conditions = [{ display_name: "x", condition_sql: {} }]),
      /kind/,
    ],
  ])("%s", (_, address, change, said) => {
    expect(broken(address, change).join("\n")).toMatch(said);
  });

  test.each([
    ["of another load balancer", "staging-edge-lb", "staging-lb", /named staging-lb: it never fires/],
    ["of a status that it does not report", "=500", "=501", /no response_code_class 501/],
  ])("an alert is as good as its objective: requests %s", (_, from, to, said) => {
    const spoiled = structuredClone(stacks);
    const objective = resourcesOf(spoiled, "google_monitoring_slo").find(([name]) =>
      name.includes("auth-availability"),
    )?.[1];
    const ratio = objective.request_based_sli.good_total_ratio;
    ratio.bad_service_filter = ratio.bad_service_filter.replace(from, to);
    const policy = resourcesOf(spoiled, "google_monitoring_alert_policy").find(([name]) =>
      name.startsWith("alert-auth-availability-fast"),
    )?.[1];
    expect(prove(spoiled, policy).join("\n")).toMatch(said);
  });
});
