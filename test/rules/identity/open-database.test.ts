import { describe, expect, test } from "@jest/globals";
import { openDatabase } from "../../../rules/identity/open-database.ts";
import { verdictsOf } from "../platform.ts";

describe("identity/open-database", () => {
  const SQL = "google_sql_database_instance.orders";

  test("rejects the whole internet in authorized_networks", () => {
    const open = (value: string) =>
      verdictsOf(openDatabase, (parts) => {
        parts.sql().authorized_networks = [{ value: "203.0.113.7/32" }, { value }];
      });
    expect(open("0.0.0.0/0")).toEqual([`error ${SQL}`]);
    expect(open("198.51.100.0/24")).toEqual([]);
    expect(open("${var.password}")).toEqual([]);
  });

  test("warns of a database port open to all", () => {
    const rule = (port: string) =>
      verdictsOf(openDatabase, (parts) =>
        parts.set("google_compute_firewall.in", {
          network: "main",
          source_ranges: ["0.0.0.0/0"],
          allow: [{ protocol: "tcp", ports: [port] }],
        }),
      );
    expect(rule("5432")).toEqual(["warning google_compute_firewall.in"]);
    expect(rule("443")).toEqual([]);
  });
});
