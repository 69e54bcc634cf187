import { describe, expect, test } from "@jest/globals";
import { startupWindow } from "../../../rules/time/startup-window.ts";
import { withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const said = (seconds: unknown, probe: object | undefined, env: object = {}) =>
  check(
    startupWindow,
    withService({
      env: { DATABASE_INIT_TIMEOUT_SECONDS: seconds, ...env },
      container: probe === undefined ? {} : { startup_probe: { http_get: {}, ...probe } },
    }),
  );

describe("time/startup-window", () => {
  test("an initialization shorter than the window holds", () => {
    expect(said("75", { period_seconds: 10, failure_threshold: 18 })).toEqual([]);
  });

  test("just below the window holds, equal to it breaks", () => {
    expect(said("179", { period_seconds: 10, failure_threshold: 18 })).toEqual([]);
    expect(said("180", { period_seconds: 10, failure_threshold: 18 })).toMatchObject([{ severity: "error" }]);
  });

  test("a bare probe gives only 30 s", () => {
    expect(said("75", {})).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "DATABASE_INIT_TIMEOUT_SECONDS is 75 s, and the start-up window ends after 3 x 10 s = 30 s; fails at run time: the container is killed while it waits for the database.",
      },
    ]);
  });

  test("the initial delay counts towards the window", () => {
    expect(said("75", { initial_delay_seconds: 50 })).toEqual([]);
  });

  test("attempts multiply", () => {
    const probe = { period_seconds: 10, failure_threshold: 20 };
    expect(said("75", probe, { DATABASE_INIT_ATTEMPTS: "2" })).toEqual([]);
    expect(said("75", probe, { DATABASE_INIT_ATTEMPTS: "3" }).map(({ message }) => message)).toEqual([
      "DATABASE_INIT_TIMEOUT_SECONDS is 75 s, 3 attempts make 225 s, and the start-up window ends after 20 x 10 s = 200 s; fails at run time: the container is killed while it waits for the database.",
    ]);
  });

  test("without a probe, 240 s is advice", () => {
    expect(said("239", undefined)).toEqual([]);
    expect(said("240", undefined)).toMatchObject([{ severity: "warning" }]);
  });

  test("another spelling of the variable is advice", () => {
    const resources = withService({
      env: { DB_INIT_TIMEOUT_SECONDS: 75 },
      container: { startup_probe: { http_get: {} } },
    });
    expect(check(startupWindow, resources)).toMatchObject([{ severity: "warning" }]);
  });

  test("an unknown window is said to be unknown", () => {
    expect(said("75", { failure_threshold: "${var.threshold}" })).toMatchObject([
      {
        severity: "unknown",
        message:
          "DATABASE_INIT_TIMEOUT_SECONDS is 75 s; unknown until apply: whether the start-up window is longer.",
      },
    ]);
  });

  test("an unknown deadline is not judged, and hides nothing", () => {
    expect(said("${var.deadline}", {})).toEqual([]);
    expect(
      said("75", {}, { POSTGRES_HOST: "${google_sql_database_instance.db.private_ip_address}" }),
    ).toHaveLength(1);
  });
});
