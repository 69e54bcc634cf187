import { describe, expect, test } from "@jest/globals";
import { databaseDeadlines } from "../../../rules/time/database-deadlines.ts";
import { withKnativeService, withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const said = (env: { readonly [name: string]: unknown }, template = {}) =>
  check(databaseDeadlines, withService({ env, template })).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );

describe("time/database-deadlines", () => {
  test("each deadline inside the next holds", () => {
    const env = {
      DATABASE_CONNECT_TIMEOUT_SECONDS: "35",
      DATABASE_INIT_TIMEOUT_SECONDS: "75",
      DATABASE_STATEMENT_TIMEOUT_SECONDS: "29",
      REQUEST_TIMEOUT_SECONDS: "30",
    };
    expect(said(env, { timeout: "30s" })).toEqual([]);
  });

  test("a connect deadline equal to the initialization breaks", () => {
    const env = { DATABASE_CONNECT_TIMEOUT_SECONDS: "75", DATABASE_INIT_TIMEOUT_SECONDS: "75" };
    expect(said(env)).toEqual([
      "error: DATABASE_CONNECT_TIMEOUT_SECONDS is 75 s, not below DATABASE_INIT_TIMEOUT_SECONDS of 75 s; fails at run time: the first attempt to connect uses up the initialization.",
    ]);
  });

  test("a statement that outlasts the request breaks", () => {
    expect(said({ DATABASE_STATEMENT_TIMEOUT_SECONDS: "60" }, { timeout: "60s" })).toHaveLength(1);
    expect(said({ DATABASE_STATEMENT_TIMEOUT_SECONDS: "59" }, { timeout: "60s" })).toEqual([]);
    expect(said({ DATABASE_STATEMENT_TIMEOUT_SECONDS: "400" })).toEqual([
      "error: DATABASE_STATEMENT_TIMEOUT_SECONDS is 400 s, not below the request timeout of 300 s by default; fails at run time: the client gets 504 while the statement still holds its connection.",
    ]);
  });

  test("the first generation counts in plain seconds", () => {
    const resources = withKnativeService({
      env: { DATABASE_STATEMENT_TIMEOUT_SECONDS: 60 },
      template: { timeout_seconds: 60 },
    });
    expect(check(databaseDeadlines, resources)).toMatchObject([
      { severity: "error", address: "google_cloud_run_service.api" },
    ]);
  });

  test("zero means none, and an unknown timeout is not judged", () => {
    expect(said({ DATABASE_STATEMENT_TIMEOUT_SECONDS: "0" })).toEqual([]);
    expect(said({ DATABASE_STATEMENT_TIMEOUT_SECONDS: "900" }, { timeout: "${var.timeout}" })).toEqual([]);
  });

  test("a task of a job outlasts its database deadlines", () => {
    const job = (seconds: string, timeout?: string) =>
      check(databaseDeadlines, {
        google_cloud_run_v2_job: {
          migrate: {
            name: "migrate",
            location: "europe-west1",
            template: {
              template: {
                timeout,
                containers: { env: [{ name: "DATABASE_INIT_TIMEOUT_SECONDS", value: seconds }] },
              },
            },
          },
        },
      }).map(({ message }) => message);
    expect([...job("75"), ...job("599"), ...job("600", "601s")]).toEqual([]);
    expect(job("600")).toEqual([
      "DATABASE_INIT_TIMEOUT_SECONDS is 600 s, not below the task timeout of 600 s by default; fails at run time: the task is ended while it waits for the database.",
    ]);
  });
});
