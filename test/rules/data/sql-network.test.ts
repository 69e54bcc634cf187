import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlNetwork = ruleById("data/sql-network");
const address = "google_sql_database_instance.orders";

describe("data/sql-network", () => {
  const network = (ip_configuration: object) =>
    check(sqlNetwork, withInstance({ ip_configuration }), { variable: { network: {} } });

  test("one way in passes", () => {
    expect([
      ...network({ ipv4_enabled: true }),
      ...network({ ipv4_enabled: false, private_network: "projects/p/global/networks/n" }),
      ...network({ ipv4_enabled: false, private_network: "${var.network}" }),
      ...network({ ipv4_enabled: false, psc_config: { psc_enabled: true } }),
    ]).toEqual([]);
  });

  test("no way in is rejected", () => {
    expect(network({ ipv4_enabled: false })).toMatchObject([
      {
        severity: "error",
        address,
        message:
          "settings.ip_configuration.ipv4_enabled is false, private_network is not set and psc_config is not set; rejected by the API: an instance needs public IP, private IP or Private Service Connect.",
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
          'settings.ip_configuration.authorized_networks.value is "10.0.0.0/8"; rejected by the API: a private range cannot be authorized.',
      },
    ]);
    expect(network({ authorized_networks: [{ value: "192.168.1.2" }] })).toMatchObject([
      { severity: "warning" },
    ]);
    expect(network({ require_ssl: true })).toMatchObject([{ severity: "warning" }]);
  });
});
