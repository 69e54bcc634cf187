import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const cloudArmor = ruleById("edge/cloud-armor");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/cloud-armor", () => {
  const reported = (body: object, policy: object) =>
    check(
      cloudArmor,
      edge(
        { backendService: { ...body } },
        { google_compute_security_policy: { waf: { name: "waf", ...policy } } },
      ),
    );
  const waf = ref("google_compute_security_policy.waf.id");

  test("a backend policy as security_policy passes, an edge policy is rejected", () => {
    expect(reported({ security_policy: waf }, {})).toEqual([]);
    expect(reported({ edge_security_policy: waf }, { type: "CLOUD_ARMOR_EDGE" })).toEqual([]);
    expect(reported({ security_policy: waf }, { type: "CLOUD_ARMOR_EDGE" })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message:
          "security_policy is google_compute_security_policy.waf of type CLOUD_ARMOR_EDGE; rejected by the API: it takes a policy of type CLOUD_ARMOR.",
      },
    ]);
  });

  test("two rules of one priority are rejected", () => {
    const rule = { action: "allow", priority: 2147483647 };
    expect(reported({}, { rule: [rule, { ...rule, priority: 1 }] })).toEqual([]);
    expect(reported({}, { rule: [rule, rule] })).toHaveLength(1);
  });
});

describe("edge/cloud-armor rules", () => {
  const last = { action: "allow", priority: 2147483647, match: {} };
  const reported = (...rules: object[]) =>
    errors(cloudArmor, {}, { google_compute_security_policy: { armor: { name: "armor", rule: rules } } });
  const limited = (interval: number) => ({
    action: "throttle",
    priority: 1,
    rate_limit_options: { rate_limit_threshold: { count: 100, interval_sec: interval } },
  });

  test("actions and intervals of the API pass", () => {
    expect(reported({ action: "deny(403)", priority: 1 }, last)).toEqual([]);
    expect(reported(limited(60), last)).toEqual([]);
  });

  test("others are rejected, and a policy without its last rule", () => {
    expect(reported({ action: "deny(401)", priority: 1 }, last)).toEqual([
      'google_compute_security_policy.armor: action of the rule with priority 1 is "deny(401)"; rejected by the API: it must be one of allow, deny(403), deny(404), deny(502), redirect, throttle, rate_based_ban.',
    ]);
    expect(reported({ action: "block", priority: 1 }, last)).toHaveLength(1);
    expect(reported({ action: "throttle", priority: 1 }, last)).toHaveLength(1);
    expect(reported(limited(45), last)).toHaveLength(1);
    expect(reported({ action: "deny(403)", priority: 1 })).toHaveLength(1);
  });
});
