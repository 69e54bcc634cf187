import { describe, expect, test } from "@jest/globals";
import { requestTimeoutRule } from "../../../rules/time/request-timeout.ts";
import { withKnativeService, withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const said = (timeout: unknown, env: { readonly [name: string]: unknown } = {}) =>
  check(requestTimeoutRule, withService({ env, template: { timeout } }));

describe("time/request-timeout", () => {
  test("seconds with s hold, up to an hour", () => {
    expect(said("300s")).toEqual([]);
    expect(said("3600s")).toEqual([]);
    expect(said("3.5s")).toEqual([]);
  });

  test("more than an hour is refused", () => {
    expect(said("3601s")).toEqual([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message: "timeout is 3601 s; rejected by the API: Cloud Run allows 3600 s at most.",
        fix: "Set it to 3600 s or less; longer work belongs in a job or a queue.",
      },
    ]);
  });

  test.each(["300", 300, "10m", "5 s"])("%p is not a duration", (written) => {
    expect(said(written)).toMatchObject([
      {
        severity: "error",
        message: `timeout is ${JSON.stringify(written)}; rejected by the API: a duration is whole or decimal seconds followed by "s".`,
      },
    ]);
  });

  test("an application that believes in more than is in force breaks, equal holds", () => {
    expect(said("300s", { REQUEST_TIMEOUT_SECONDS: "300" })).toEqual([]);
    expect(said("300s", { REQUEST_TIMEOUT_SECONDS: "301" })).toMatchObject([
      {
        severity: "error",
        message:
          "REQUEST_TIMEOUT_SECONDS is 301 s, above the request timeout of 300 s; fails at run time: the client gets 504 before the application gives up.",
      },
    ]);
    expect(said(undefined, { REQUEST_TIMEOUT_SECONDS: "600" })).toHaveLength(1);
  });

  test("an unknown timeout is not judged", () => {
    expect(said("${var.timeout}", { REQUEST_TIMEOUT_SECONDS: "600" })).toEqual([]);
  });

  test("the first generation takes numbers, a task of a job a week", () => {
    expect(
      check(requestTimeoutRule, withKnativeService({ template: { timeout_seconds: 3601 } })),
    ).toHaveLength(1);
    expect(check(requestTimeoutRule, withKnativeService({ template: { timeout_seconds: 300 } }))).toEqual([]);
    const job = (timeout: string) => ({
      google_cloud_run_v2_job: { migrate: { name: "m", location: "l", template: { template: { timeout } } } },
    });
    expect(check(requestTimeoutRule, job("7200s"))).toEqual([]);
    expect(check(requestTimeoutRule, job("604801s"))).toHaveLength(1);
  });
});
