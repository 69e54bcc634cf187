import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { alert } from "./alert-fixture.ts";

const channel = ruleById("observability/channel");
const address = "google_monitoring_alert_policy.errors";

describe("observability/channel", () => {
  const policy = (...notification_channels: unknown[]) =>
    check(channel, alert({}, { notification_channels }));

  test("an id or a reference holds", () => {
    expect(
      policy("projects/p/notificationChannels/123", "$" + "{google_monitoring_notification_channel.ops.id}"),
    ).toEqual([]);
  });

  test("an address is rejected, none is a warning", () => {
    expect(policy("ops@example.com")).toMatchObject([
      {
        severity: "error",
        address,
        message:
          'notification_channels contains "ops@example.com"; rejected by the API: it must be the id of a channel, projects/PROJECT/notificationChannels/ID.',
      },
    ]);
    expect(policy()).toMatchObject([
      {
        severity: "warning",
        message: "notification_channels is empty; fails at run time: nobody is alerted.",
      },
    ]);
  });

  test("policies without a channel are reported once", () => {
    const { google_monitoring_alert_policy: one } = alert({}, { notification_channels: [] });
    const policies = { errors: one?.errors, latency: one?.errors };
    expect(check(channel, { google_monitoring_alert_policy: policies })).toMatchObject([
      {
        severity: "warning",
        address,
        message:
          "notification_channels is empty in 2 policies, this one first; fails at run time: nobody is alerted.",
      },
    ]);
  });

  const messages = (type: string, labels: object | undefined) =>
    check(channel, { google_monitoring_notification_channel: { ops: { type, labels } } }).map(
      ({ message }) => message,
    );

  test("a channel by email has an address", () => {
    expect(messages("email", { email_address: "ops@example.com" })).toEqual([]);
    expect(messages("email", { address: "ops@example.com" })).toEqual([
      'labels.email_address is not set with type "email"; rejected by the API: it is needed.',
    ]);
    expect(messages("email", { email_address: "ops" })).toEqual([
      'labels.email_address is "ops"; rejected by the API: it must be an email address.',
    ]);
  });

  test("a type of the API holds, another is rejected", () => {
    expect(messages("mail", { email_address: "ops@example.com" })).toEqual([
      expect.stringMatching(/^type is "mail"; rejected by the API: it must be one of campfire, /),
    ]);
  });
});
