import { describe, expect, test } from "@jest/globals";
import { nameTaken } from "../../../rules/data/name-taken.ts";
import { sqlClients } from "../../../rules/data/sql-clients.ts";
import { sqlNetwork } from "../../../rules/data/sql-network.ts";
import { sqlUser } from "../../../rules/data/sql-user.ts";
import { service } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";
import { instance, withInstance } from "./database-fixture.ts";

const address = "google_sql_database_instance.orders";

describe("data/sql-network", () => {
  const network = (ip_configuration: object) =>
    check(sqlNetwork, withInstance({ ip_configuration }), { variable: { network: {} } });

  test("one way in holds", () => {
    expect([
      ...network({ ipv4_enabled: true }),
      ...network({ ipv4_enabled: false, private_network: "projects/p/global/networks/n" }),
      ...network({ ipv4_enabled: false, private_network: "${var.network}" }),
      ...network({ ipv4_enabled: false, psc_config: { psc_enabled: true } }),
    ]).toEqual([]);
  });

  test("no way in is refused", () => {
    expect(network({ ipv4_enabled: false })).toMatchObject([
      {
        severity: "error",
        address,
        message:
          "ipv4_enabled is false, and there is neither private_network nor psc_config; refused at apply: at least one of public IP, private IP or PSC connectivity must be enabled.",
      },
    ]);
  });

  test("words and ranges that the API does not know", () => {
    expect(network({ ssl_mode: "REQUIRED" })).toMatchObject([{ severity: "error" }]);
    expect(network({ authorized_networks: [{ value: "203.0.113.0/24" }] })).toEqual([]);
    expect(network({ authorized_networks: [{ value: "office" }] })).toMatchObject([{ severity: "error" }]);
    expect(network({ authorized_networks: [{ value: "10.0.0.0/8" }] })).toMatchObject([
      {
        severity: "error",
        message:
          "the authorized network 10.0.0.0/8 is private; refused at apply: non-routable or private authorized network.",
      },
    ]);
    expect(network({ authorized_networks: [{ value: "192.168.1.2" }] })).toMatchObject([
      { severity: "warning" },
    ]);
    expect(network({ require_ssl: true })).toMatchObject([{ severity: "warning" }]);
  });
});

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
          "environment variable POSTGRES_HOST is the address of google_sql_database_instance.orders, whose connector_enforcement is REQUIRED; breaks at run time: direct connections are rejected, only connectors on port 3307 are let in.",
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
          "DATABASE_URL says sslmode=disable, and google_sql_database_instance.orders has ssl_mode ENCRYPTED_ONLY; breaks at run time: the connection is rejected as unencrypted.",
      },
    ]);
  });
});

describe("data/sql-user", () => {
  const user = (more: object, settings: object = {}, others: object = {}) =>
    check(
      sqlUser,
      withInstance(
        { ...settings },
        {},
        {
          google_sql_user: {
            api: { name: "api", instance: "${google_sql_database_instance.orders.name}", ...more },
          },
          ...others,
        },
      ),
    );
  const iam = { database_flags: [{ name: "cloudsql.iam_authentication", value: "on" }] };

  test("a password holds, one of which a plan shows the version only too, none breaks", () => {
    expect(user({ password: "secret" })).toEqual([]);
    expect(user({ password_wo_version: 1 })).toEqual([]);
    expect(user({})).toMatchObject([
      {
        severity: "error",
        address: "google_sql_user.api",
        message:
          "there is no password, and the type is BUILT_IN; breaks at run time: PostgreSQL lets nobody in without one.",
      },
    ]);
  });

  test("an IAM user has the short name and an instance with the flag", () => {
    const account = { name: "api@acme-dev.iam", type: "CLOUD_IAM_SERVICE_ACCOUNT" };
    expect(user(account, iam)).toEqual([]);
    expect(user({ ...account, name: "api@acme-dev.iam.gserviceaccount.com" }, iam)).toMatchObject([
      {
        severity: "error",
        message:
          'the name of an IAM user is "api@acme-dev.iam.gserviceaccount.com"; refused at apply: PostgreSQL takes it without .gserviceaccount.com.',
      },
    ]);
    expect(user(account).map((said) => said.address)).toEqual([address, "google_sql_user.api"]);
  });

  test("a password is as long as the policy asks", () => {
    const policy = { password_validation_policy: { enable_password_policy: true, min_length: 16 } };
    const password = { password: "${random_password.api.result}" };
    const random = (length: number) => ({ random_password: { api: { length } } });
    expect(user(password, policy, random(16))).toEqual([]);
    expect(user(password, policy, random(15))).toMatchObject([
      {
        message:
          "the password has 15 characters, and the password policy of google_sql_database_instance.orders asks for 16; refused at apply: the password is too short.",
      },
    ]);
  });
});

describe("data/name-taken", () => {
  test("two blocks of one name are refused, two projects hold", () => {
    const two = (more: { readonly [key: string]: unknown }) =>
      check(nameTaken, {
        google_sql_database_instance: { orders: instance(), copy: instance({}, more) },
      });
    expect(two({ project: "acme-prod" })).toEqual([]);
    expect(two({})).toMatchObject([
      {
        severity: "error",
        address: "google_sql_database_instance.copy",
        message:
          'its name "orders" is also the name of google_sql_database_instance.orders; rejected by the API: the name is taken.',
      },
    ]);
  });

  test("a database is named once in its instance", () => {
    const databases = (instanceName: string) =>
      check(
        nameTaken,
        withInstance(
          {},
          {},
          {
            google_sql_database: {
              app: { name: "app", instance: "${google_sql_database_instance.orders.name}" },
              other: { name: "app", instance: instanceName },
            },
          },
        ),
      );
    expect(databases("elsewhere")).toEqual([]);
    expect(databases("orders")).toMatchObject([{ severity: "error", address: "google_sql_database.other" }]);
  });

  const named = (name: string) =>
    check(nameTaken, { google_sql_database_instance: { orders: { count: 2, ...instance({}, { name }) } } });

  test("names that depend on the index hold, a fixed one is taken", () => {
    expect(named("orders-${count.index}")).toEqual([]);
    expect(named("orders")).toMatchObject([
      {
        severity: "error",
        address: "google_sql_database_instance.orders[1]",
        message:
          'its name "orders" is also the name of google_sql_database_instance.orders[0]; rejected by the API: the name is taken.',
      },
    ]);
  });
});
