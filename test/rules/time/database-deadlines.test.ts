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

/** The kind: one deadline under many names, with its unit in the name, in the value, or nowhere. */
describe("time/database-deadlines: names and units", () => {
  test.each([
    ["DB_CONNECT_TIMEOUT", "35s", "DB_INIT_TIMEOUT", "30"],
    ["POSTGRES_CONNECTION_TIMEOUT_MS", "35000", "POSTGRES_INIT_TIMEOUT_MS", "30000"],
    ["PGCONNECT_TIMEOUT", "35", "NETRA_DATABASE_STARTUP_TIMEOUT", "0.5m"],
    ["CLOUDSQL_SOCKET_CONNECT_TIMEOUT", "35000", "CLOUDSQL_INITIALIZATION_DEADLINE_SECS", "30.0"],
  ])(
    "%s=%s, %s=%s: an inner deadline beyond the outer one is advice",
    (inner, innerValue, outer, outerValue) => {
      expect(said({ [inner]: innerValue, [outer]: outerValue })).toEqual([
        `warning: ${inner} is 35 s, not below ${outer} of 30 s; fails at run time: the first attempt to connect uses up the initialization.`,
      ]);
      expect(said({ [outer]: innerValue.replace("35", "25"), [inner]: "nothing" })).toEqual([]);
    },
  );

  test("other names are other deadlines", () => {
    expect(said({ REDIS_CONNECT_TIMEOUT: "35", REDIS_INIT_TIMEOUT: "30", DB_TIMEOUT_POLICY: "1" })).toEqual(
      [],
    );
  });
});

/** The kind: a request that starts an instance is ended before the instance can be ready. */
describe("time/database-deadlines: the request that starts an instance", () => {
  const started = (timeout: string, { template = {}, service = {} } = {}) =>
    check(
      databaseDeadlines,
      withService({
        env: { DATABASE_INIT_TIMEOUT_SECONDS: "75", DB_HOST: "10.0.0.3" },
        template: {
          timeout,
          vpc_access: { connector: "projects/p/locations/europe-west1/connectors/c" },
          ...template,
        },
        service,
      }),
    ).map(({ severity, message }) => `${severity}: ${message}`);

  test("waits for a first connection through the connector", () => {
    expect(started("55s")).toEqual([]);
    expect(started("54s")).toEqual([
      "error: the request timeout is 54 s, below DATABASE_INIT_TIMEOUT_SECONDS of 75 s and the 55 s that a first connection may take; fails at run time: with no instance kept running, the request that starts one gets 504 before its database is ready.",
    ]);
    const direct = { vpc_access: { network_interfaces: { network: "default" } } };
    expect(started("20s", { template: direct })).toEqual([expect.stringMatching(/^warning: /)]);
    const outside = { template: { vpc_access: [] } };
    expect(started("25s", outside)).toEqual([]);
    expect(started("24s", outside)).toEqual([
      expect.stringContaining(
        "warning: the request timeout is 24 s, below DATABASE_INIT_TIMEOUT_SECONDS of 75 s and the 25 s",
      ),
    ]);
  });

  test("is none where an instance is kept running, or may be", () => {
    expect(started("20s", { template: { scaling: { min_instance_count: 0 } } })).toHaveLength(1);
    expect(started("20s", { template: { scaling: { min_instance_count: 1 } } })).toEqual([]);
    expect(started("20s", { template: { scaling: { min_instance_count: "${var.min}" } } })).toEqual([]);
    expect(started("20s", { service: { scaling: { min_instance_count: 2 } } })).toEqual([]);
  });
});
