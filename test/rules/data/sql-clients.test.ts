import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { service } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlClients = ruleById("data/sql-clients");
const address = "google_sql_database_instance.orders";

describe("data/sql-clients", () => {
  const clients = (settings: object, env: { [name: string]: string }) =>
    check(
      sqlClients,
      withInstance({ ...settings }, {}, { google_cloud_run_v2_service: { api: service({ env }) } }),
    );
  const direct = { POSTGRES_HOST: "${google_sql_database_instance.orders.private_ip_address}" };
  const socket = { POSTGRES_HOST: "/cloudsql/${google_sql_database_instance.orders.connection_name}" };
  const enforced = { connector_enforcement: "REQUIRED" };
  const encrypted = { ip_configuration: { ssl_mode: "ENCRYPTED_ONLY" } };

  test("a connector satisfies an instance that demands it", () => {
    expect([...clients(enforced, socket), ...clients({}, direct)]).toEqual([]);
  });

  test("a direct connection is rejected then", () => {
    expect(clients(enforced, direct)).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "environment variable POSTGRES_HOST is the address of google_sql_database_instance.orders, whose connector_enforcement is REQUIRED; fails at run time: direct connections are rejected, and only connectors on port 3307 are accepted.",
      },
      { address },
    ]);
  });

  test("sslmode=disable does not reach an instance that takes encrypted connections only", () => {
    const url = (mode: string) => ({
      DATABASE_URL: `postgres://u@\${google_sql_database_instance.orders.private_ip_address}/db?sslmode=${mode}`,
    });
    expect([...clients(encrypted, url("require")), ...clients({}, url("disable"))]).toEqual([]);
    expect(clients(encrypted, url("disable"))).toMatchObject([
      {
        severity: "error",
        message:
          "DATABASE_URL has sslmode=disable and ssl_mode of google_sql_database_instance.orders is ENCRYPTED_ONLY; fails at run time: unencrypted connections are rejected.",
      },
    ]);
  });
});
