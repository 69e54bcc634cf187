import { describe, expect, test } from "@jest/globals";
import { logMetricMissing } from "../../../rules/observability/log-metric-missing.ts";
import { check } from "../support.ts";
import { alert, filter, policy } from "./alert-fixture.ts";

const address = "google_monitoring_alert_policy.errors";
const errors = { errors: { name: "socket-errors", filter: "severity>=ERROR" } };

describe("observability/log-metric-missing", () => {
  const messages = (name: string) =>
    check(
      logMetricMissing,
      alert(
        { filter: filter(`logging.googleapis.com/user/${name}`, "cloud_run_revision") },
        {},
        { google_logging_metric: errors },
      ),
    );

  test("a metric of the input holds, by name and by reference", () => {
    expect(messages("socket-errors")).toEqual([]);
    expect(messages("$" + "{google_logging_metric.errors.name}")).toEqual([]);
  });

  test("another name is rejected, the nearest is named", () => {
    expect(messages("socket-erors")).toMatchObject([
      {
        severity: "error",
        address,
        message:
          'the condition "errors" watches the log-based metric "socket-erors"; rejected by the API: it is not defined; the nearest is google_logging_metric.errors ("socket-errors").',
      },
    ]);
  });

  const inPromql = (
    name: string,
    metrics: Record<string, unknown> = errors,
    selector = `logging_googleapis_com:user_${name}{x="y"}`,
  ) =>
    check(
      logMetricMissing,
      policy(
        {
          display_name: "errors",
          condition_prometheus_query_language: {
            query: `sum(increase(${selector}[300s])) > 0.5`,
            duration: "60s",
          },
        },
        {},
        { google_logging_metric: metrics },
      ),
    );

  test("in PromQL one of the input holds, another is never there", () => {
    expect(inPromql("socket_errors")).toEqual([]);
    expect(inPromql("socket_erors")).toEqual([
      {
        severity: "error",
        address,
        message:
          'the condition "errors" watches logging_googleapis_com:user_socket_erors; fails at run time: no log-based metric here has this name, so it never fires.',
        fix: "Write one of logging_googleapis_com:user_socket_errors.",
      },
    ]);
  });

  test.each([
    ['{"logging.googleapis.com/user/NAME", x="y"}', "logging.googleapis.com/user/socket-"],
    ['{"__name__"="logging.googleapis.com/user/NAME"}', "logging.googleapis.com/user/socket-"],
    ['{__name__="logging.googleapis.com/user/NAME"}', "logging.googleapis.com/user/socket-"],
    ['{__name__="logging_googleapis_com:user_NAME"}', "logging_googleapis_com:user_socket_"],
  ])("in PromQL a name may be in quotes: %s", (selector, start) => {
    const separator = start.at(-1);
    const named = (name: string) =>
      inPromql("", errors, selector.replace("NAME", `socket${separator}${name}`)).map(
        ({ message }) => message,
      );
    expect(named("errors")).toEqual([]);
    expect(named("erors")).toEqual([expect.stringContaining(`watches ${start}erors; fails at run time`)]);
  });

  test("what only looks like a name in PromQL is none", () => {
    const text =
      'up{job="logging_googleapis_com:user_x", __name__=~"logging.googleapis.com/user/x"} # logging_googleapis_com:user_y\n';
    expect(inPromql("", errors, text)).toEqual([]);
  });

  test("PromQL is not judged where the input defines none, or one whose name is not known", () => {
    expect(inPromql("socket_erors", {})).toEqual([]);
    expect(inPromql("socket_erors", { errors: { name: "$" + "{var.name}", filter: "x" } })).toEqual([]);
  });
});
