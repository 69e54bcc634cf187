import { describe, expect, test } from "@jest/globals";
import { durationFields } from "../../../resources/duration-fields.ts";
import { factsOf } from "../../../resources/facts/index.ts";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const rule = ruleById("schema/duration");

describe("schema/duration", () => {
  const topic = (message_retention_duration: unknown) =>
    check(rule, { google_pubsub_topic: { orders: { name: "orders", message_retention_duration } } });

  test("seconds pass, with a fraction too", () => {
    expect([...topic("604800s"), ...topic("0.5s"), ...topic("${var.ttl}"), ...topic(null)]).toEqual([]);
  });

  test.each([
    ["7d", "604800s"],
    ["5m", "300s"],
    ["1.5h", "5400s"],
    ["500ms", "0.5s"],
    ["30 minutes", "1800s"],
    ["600", "600s"],
    ["P7D", "300s"],
  ])("%s is rejected, and %s is meant", (text, seconds) => {
    expect(topic(text)).toMatchObject([
      {
        severity: "error",
        message: `message_retention_duration is "${text}"; rejected by the API: a duration is seconds followed by "s".`,
        fix: `Write message_retention_duration = "${seconds}".`,
      },
    ]);
  });

  test("every one of repeated blocks is looked at", () => {
    const condition = (duration: string) => ({ condition_threshold: { duration } });
    const policy = { conditions: [condition("60s"), condition("1m")] };
    expect(check(rule, { google_monitoring_alert_policy: { errors: policy } })).toMatchObject([
      { message: expect.stringContaining('condition_threshold.duration is "1m"') },
    ]);
  });

  test("the provider has every field, as a text", () => {
    for (const [type, paths] of Object.entries(durationFields))
      for (const path of paths)
        expect([type, path, factsOf(type)?.of(path).newest?.type]).toEqual([type, path, "string"]);
  });
});
