import { describe, expect, test } from "@jest/globals";
import { databaseConnections } from "../../../rules/capacity/database-connections.ts";
import { check } from "../../rules/support.ts";

const database = {
  main: {
    name: "main",
    database_version: "POSTGRES_15",
    region: "europe-west1",
    settings: { tier: "db-custom-1-3840" },
  },
};
const HOST = { name: "POSTGRES_HOST", value: "${google_sql_database_instance.main.private_ip_address}" };

/** Three instances with a pool of 8: 48 of 97 connections with one process. */
function ofService(container: object, env: Record<string, string> = {}): string[] {
  const variables = Object.entries({ DATABASE_POOL_SIZE: "8", ...env }).map(([name, value]) => ({
    name,
    value,
  }));
  return check(databaseConnections, {
    google_sql_database_instance: database,
    google_cloud_run_v2_service: {
      api: {
        name: "api",
        location: "europe-west1",
        template: {
          scaling: { max_instance_count: 3 },
          containers: { image: "api", env: [HOST, ...variables], ...container },
        },
      },
    },
  }).map(({ message }) => message);
}

describe("worker processes multiply the connections of a pool", () => {
  test("the message shows all factors", () => {
    expect(ofService({}, { WEB_CONCURRENCY: "4" })[0]).toBe(
      "at full scale 192 connections are opened to google_sql_database_instance.main: google_cloud_run_v2_service.api 192 (3 instances x 2 revisions x WEB_CONCURRENCY 4 x 8), above 97 (the default max_connections of db-custom-1-3840, 100, less 3 reserved); fails at run time: remaining connection slots are reserved.",
    );
  });

  test.each<[string, object, Record<string, string>]>([
    ["gunicorn's arguments in a variable", {}, { GUNICORN_CMD_ARGS: "--bind :8080 --workers 4" }],
    ["gunicorn's short option", { command: ["gunicorn"], args: ["-w", "4", "app:app"] }, {}],
    ["gunicorn in a shell", { args: ["sh", "-c", "exec gunicorn --workers=4 app:app"] }, {}],
    ["uvicorn's option", { command: ["uvicorn", "app:app", "--workers", "4"] }, {}],
    ["uvicorn's variable", {}, { UVICORN_WORKERS: "4" }],
    ["puma", { command: ["bundle", "exec", "puma", "-w", "4"] }, {}],
    ["pm2", { command: ["pm2-runtime", "server.js", "-i", "4"] }, {}],
    ["uwsgi", {}, { UWSGI_PROCESSES: "4" }],
  ])("%s", (_, container, env) => {
    expect(ofService(container, env)).not.toEqual([]);
  });

  test.each<[string, object, Record<string, string>]>([
    ["nothing is written", {}, {}],
    ["one process", {}, { WEB_CONCURRENCY: "1" }],
    ["two processes fit", {}, { WEB_CONCURRENCY: "2" }],
    ["threads share the pool", { command: ["gunicorn", "--threads", "8", "app:app"] }, {}],
    [
      "the command wins over the variable",
      { command: ["gunicorn", "--workers=1"] },
      { WEB_CONCURRENCY: "4" },
    ],
    ["a watch option of another program", { command: ["node", "-w", "4"] }, {}],
    ["a number that is not known", {}, { WEB_CONCURRENCY: "${var.workers}" }],
  ])("holds: %s", (_, container, env) => {
    expect(ofService(container, env)).toEqual([]);
  });

  test("jobs and services of the first generation count them as well", () => {
    const env = [HOST, { name: "DATABASE_POOL_SIZE", value: "30" }, { name: "WEB_CONCURRENCY", value: "4" }];
    const job = {
      name: "job",
      location: "europe-west1",
      template: { template: { containers: { image: "a", env } } },
    };
    expect(
      check(databaseConnections, {
        google_sql_database_instance: database,
        google_cloud_run_v2_job: { job },
      })[0]?.message,
    ).toContain("1 task x WEB_CONCURRENCY 4 x 30");
    const knative = {
      name: "api",
      location: "europe-west1",
      template: {
        metadata: { annotations: { "autoscaling.knative.dev/maxScale": "1" } },
        spec: { containers: { image: "a", env } },
      },
    };
    expect(
      check(databaseConnections, {
        google_sql_database_instance: database,
        google_cloud_run_service: { api: knative },
      }),
    ).not.toEqual([]);
  });
});
