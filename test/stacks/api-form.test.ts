import { describe, expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import type { Environment, EnvironmentInput } from "../../platform/schema/environment.ts";
import { shapes } from "../fixtures/shapes.ts";
import { environment, production, TODAY } from "../support/environments.ts";
import { apiFaults } from "../support/google-api/api-form.ts";
import { addTopic } from "../support/sample-topic.ts";
import { type Json, resources, synthesized } from "../support/synthesized.ts";

function shape(name: string, input: EnvironmentInput): Environment {
  const parsed = parseEnvironment(name, input, TODAY);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  return parsed.environment;
}

const POLICY = "google_monitoring_alert_policy";

describe("monitoring, log metrics and schedules are what Google's APIs take, as their discovery documents say", () => {
  test.each<[string, () => Environment]>([
    ["staging", environment],
    ["production", production],
    ["staging with a topic", () => environment((draft) => addTopic(draft, 2))],
    ...Object.entries(shapes).map(([name, input]): [string, () => Environment] => [
      name,
      () => shape(name, input),
    ]),
  ])("%s", (_, subject) => {
    const stacks = synthesized(subject());
    expect(Object.values(stacks).flatMap((json) => resources(json, POLICY)).length).toBeGreaterThan(0);
    expect(apiFaults(stacks)).toEqual([]);
  });
});

/** The kind: what TypeScript's classes of the provider take, and the API does not. */
test.each<[string, string, (resource: Json) => void, string]>([
  ["an unknown argument", POLICY, (one) => (one.colour = "red"), "AlertPolicy.colour is no field"],
  [
    "a wrong word",
    POLICY,
    (one) => (one.combiner = "ANY"),
    'AlertPolicy.combiner is "ANY": one of COMBINE_UNSPECIFIED',
  ],
  [
    "two blocks of which there may be one",
    POLICY,
    (one) => (one.documentation = [{}, {}]),
    "AlertPolicy.documentation is [{},{}]: an object is expected",
  ],
  [
    "a chart of another kind",
    "google_monitoring_dashboard",
    (one) => (one.dashboard_json = '{"gridLayout":{"columns":2,"widgets":[{"pie":{}}]}}'),
    "Dashboard.gridLayout.widgets[0].pie is no field",
  ],
  [
    "a duration without a unit",
    "google_monitoring_uptime_check_config",
    (one) => (one.timeout = "10"),
    'UptimeCheckConfig.timeout is "10": google-duration is expected',
  ],
  [
    "a call that an API has not",
    "google_cloud_scheduler_job",
    (one) => (one.http_target = { ...[one.http_target].flat()[0], http_method: "PUT" }),
    "the verb is POST (run.projects.locations.jobs.run)",
  ],
  [
    "an indicator that is none",
    "google_monitoring_slo",
    (one) => (one.request_based_sli = { ratio: {} }),
    "ServiceLevelObjective.serviceLevelIndicator.requestBased.ratio is no field",
  ],
])("%s is found", (_, type, change, sentence) => {
  const stacks = synthesized(environment());
  const [found] = Object.values(stacks).flatMap((json) => resources(json, type));
  change(found);
  expect(apiFaults(stacks)).toEqual([expect.stringContaining(sentence)]);
});

test("a type whose form in the API is not stated fails", () => {
  expect(apiFaults({ stack: { resource: { google_monitoring_group: { a: {} } } } })).toEqual([
    expect.stringContaining("google_monitoring_group.a: its form in the API is not stated"),
  ]);
});
