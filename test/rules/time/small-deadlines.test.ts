import { describe, expect, test } from "@jest/globals";
import { callChain } from "../../../rules/time/call-chain.ts";
import { deliveryDeadline } from "../../../rules/time/delivery-deadline.ts";
import { functionTimeout } from "../../../rules/time/function-timeout.ts";
import { poolIdle } from "../../../rules/time/pool-idle.ts";
import { shutdownGrace } from "../../../rules/time/shutdown-grace.ts";
import { service, withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

describe("time/shutdown-grace", () => {
  const said = (seconds: unknown) =>
    check(shutdownGrace, withService({ env: { SHUTDOWN_GRACE_SECONDS: seconds } }));

  test("below 10 s holds, 10 s breaks", () => {
    expect(said("9")).toEqual([]);
    expect(said("10")).toMatchObject([
      {
        severity: "error",
        message:
          "SHUTDOWN_GRACE_SECONDS is 10 s; fails at run time: Cloud Run kills the instance 10 s after SIGTERM, and what is still open is cut.",
      },
    ]);
    expect(said("${var.grace}")).toEqual([]);
  });
});

describe("time/pool-idle", () => {
  test("600 s is advice, 599 s holds", () => {
    const said = (seconds: string) =>
      check(poolIdle, withService({ env: { DATABASE_POOL_IDLE_SECONDS: seconds } }));
    expect(said("599")).toEqual([]);
    expect(said("600")).toMatchObject([{ severity: "warning" }]);
  });
});

describe("time/call-chain", () => {
  const said = (front: string, api: string) =>
    check(callChain, {
      google_cloud_run_v2_service: {
        front: service({
          env: { API_URL: "${google_cloud_run_v2_service.api.uri}" },
          template: { timeout: front },
          service: { name: "front" },
        }),
        api: service({ template: { timeout: api } }),
      },
    });

  test("a caller that waits as long holds, one that does not is advised", () => {
    expect(said("60s", "60s")).toEqual([]);
    expect(said("60s", "300s")).toMatchObject([
      {
        severity: "warning",
        address: "google_cloud_run_v2_service.front",
        message:
          "the request timeout is 60 s, and google_cloud_run_v2_service.api, which API_URL calls, may take 300 s; fails at run time: the client gets 504 while the callee still works.",
      },
    ]);
  });
});

describe("time/delivery-deadline", () => {
  const scheduler = (attempt_deadline: string) =>
    check(deliveryDeadline, {
      google_cloud_scheduler_job: { nightly: { attempt_deadline, http_target: { uri: "https://a" } } },
    });

  test("Cloud Scheduler waits half an hour at most", () => {
    expect(scheduler("1800s")).toEqual([]);
    expect(scheduler("1801s")).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_scheduler_job.nightly",
        message:
          "attempt_deadline is 1801 s; rejected by the API: for an HTTP target it must be 15 to 1800 s.",
      },
    ]);
  });

  test("Pub/Sub waits ten minutes at most", () => {
    const said = (ack_deadline_seconds: number) =>
      check(deliveryDeadline, { google_pubsub_subscription: { work: { ack_deadline_seconds } } });
    expect(said(600)).toEqual([]);
    expect(said(601)).toHaveLength(1);
  });
});

describe("time/function-timeout", () => {
  const said = (service_config: object, more: object = {}) =>
    check(functionTimeout, { google_cloudfunctions2_function: { f: { service_config, ...more } } });

  test("an hour by HTTP, nine minutes by event", () => {
    expect(said({ timeout_seconds: 3600 })).toEqual([]);
    expect(said({ timeout_seconds: 3601 })).toHaveLength(1);
    expect(said({ timeout_seconds: 540 }, { event_trigger: {} })).toEqual([]);
    expect(said({ timeout_seconds: 541 }, { event_trigger: {} })).toMatchObject([
      {
        severity: "error",
        address: "google_cloudfunctions2_function.f",
        message:
          "service_config.timeout_seconds is 541 s; rejected by the API: an event-triggered function runs for 540 s at most.",
      },
    ]);
  });
});

/** The kind: a message is delivered again while the first request still works on it. */
describe("time/delivery-deadline: the answer to a pushed message", () => {
  const said = (timeout: string | undefined, ack_deadline_seconds?: number) =>
    check(deliveryDeadline, {
      google_cloud_run_v2_service: {
        worker: {
          name: "worker",
          location: "europe-west1",
          template: timeout === undefined ? {} : { timeout },
        },
      },
      google_pubsub_subscription: {
        orders: {
          name: "orders",
          push_config: { push_endpoint: "${google_cloud_run_v2_service.worker.uri}/orders" },
          ...(ack_deadline_seconds === undefined ? {} : { ack_deadline_seconds }),
        },
      },
    }).map(({ severity, message, fix }) => `${severity}: ${message} ${fix}`);

  test("comes within the deadline", () => {
    expect(said("60s", 60)).toEqual([]);
    expect(said("60s", 59)).toEqual([
      "warning: ack_deadline_seconds is 59 s, and google_cloud_run_v2_service.worker may take 60 s for an answer (timeout); fails at run time: a message that takes longer is delivered again while it is still worked on. Set ack_deadline_seconds to 60, or lower timeout.",
    ]);
    expect(said("60s")[0]).toContain("ack_deadline_seconds is not set, which means 10 s, and");
  });

  test("a timeout that nobody wrote, and one beyond the highest deadline, are not judged", () => {
    expect(said(undefined)).toEqual([]);
    expect(said("900s", 600)).toEqual([]);
  });
});
