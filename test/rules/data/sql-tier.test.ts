import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlTier = ruleById("data/sql-tier");
const address = "google_sql_database_instance.orders";
const variable = { edition: {}, tier: {}, version: {} };
const error = (message: string) => [{ severity: "error", message: expect.stringContaining(message) }];

describe("data/sql-tier", () => {
  const tier = (name: string, settings: { [key: string]: unknown } = {}, database_version = "POSTGRES_16") =>
    check(sqlTier, withInstance({ tier: name, ...settings }, { database_version }), { variable });

  test("the smallest and the largest custom tier pass", () => {
    for (const name of ["db-custom-1-3840", "db-custom-2-3840", "db-custom-2-13312", "db-custom-96-638976"]) {
      expect(tier(name)).toEqual([]);
    }
    expect(tier("db-f1-micro")).toEqual([]);
    expect(tier("db-perf-optimized-N-4", { edition: "ENTERPRISE_PLUS" })).toEqual([]);
  });

  test("the arithmetic of a custom tier", () => {
    const messages = (name: string) => tier(name).map(({ message }) => message);
    expect(messages("db-custom-3-7680")).toEqual([
      'settings.tier is "db-custom-3-7680"; rejected by the API: 3 CPUs are not 1 or an even number up to 96.',
    ]);
    expect(messages("db-custom-2-7700")).toEqual([
      'settings.tier is "db-custom-2-7700"; rejected by the API: 7700 MiB is not a multiple of 256 MiB.',
    ]);
    expect(messages("db-custom-1-3584")).toEqual([
      'settings.tier is "db-custom-1-3584"; rejected by the API: 3584 MiB is below 3840 MiB.',
    ]);
    expect(messages("db-custom-2-13568")).toEqual([
      'settings.tier is "db-custom-2-13568"; rejected by the API: 13568 MiB for 2 CPUs is outside 1844 to 13312 MiB (0.9 to 6.5 GiB per CPU).',
    ]);
    expect(messages("db-custom-2")).toHaveLength(1);
  });

  test("PostgreSQL 16 without an edition is ENTERPRISE_PLUS", () => {
    expect(tier("db-custom-2-7680", { edition: null })).toMatchObject([
      {
        severity: "error",
        address,
        message:
          'settings.tier is "db-custom-2-7680" and edition is not set, which means ENTERPRISE_PLUS with POSTGRES_16; rejected by the API: ENTERPRISE_PLUS takes predefined tiers like db-perf-optimized-N-* only.',
      },
    ]);
    expect(tier("db-custom-2-7680", { edition: null }, "POSTGRES_15")).toEqual([]);
  });

  test("edition and tier go together", () => {
    expect(tier("db-perf-optimized-N-2")).toMatchObject([{ severity: "error" }]);
    expect(tier("db-custom-2-7680", { edition: "ENTERPRISE_PLUS" })).toMatchObject([{ severity: "error" }]);
    expect(tier("db-n1-standard-1", {}, "POSTGRES_15")).toMatchObject([{ severity: "error" }]);
    expect(tier("db-n1-standard-1", {}, "MYSQL_8_0")).toEqual([]);
  });

  test("an unknown edition hides no wrong arithmetic", () => {
    expect(tier("db-custom-2-7680", { edition: "${var.edition}" })).toEqual([]);
    expect(tier("db-custom-3-7680", { edition: "${var.edition}" })).toHaveLength(1);
  });
});

describe("data/sql-tier", () => {
  const tier = (name: string, edition = "ENTERPRISE_PLUS") =>
    check(sqlTier, withInstance({ tier: name, edition }));

  test("the sizes of db-perf-optimized-N pass, others are rejected", () => {
    expect([...tier("db-perf-optimized-N-2"), ...tier("db-perf-optimized-N-128")]).toEqual([]);
    expect(tier("db-perf-optimized-N-3")).toMatchObject(
      error("db-perf-optimized-N has 2, 4, 8, 16, 32, 48, 64, 80, 96, 128 CPUs"),
    );
  });

  test("a machine type of Compute Engine is no tier", () => {
    expect(tier("e2-standard-2", "ENTERPRISE")).toMatchObject(error("Cloud SQL has no such tier"));
  });
});
