import { describe, expect, test } from "@jest/globals";
import { ResourceGraph, readPlan } from "../../../graph/index.ts";
import { replacement } from "../../../rules/data/replacement.ts";
import { restart } from "../../../rules/data/restart.ts";
import { sqlVersion } from "../../../rules/data/sql-version.ts";
import type { Rule } from "../../../rules/rule.ts";

interface Change {
  readonly actions: readonly string[];
  readonly before: object | null;
  readonly after: object;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

/** What the rule says of a plan that changes one resource. */
function planned(rule: Rule, type: string, change: Change) {
  const resource = { address: `${type}.main`, mode: "managed", type, name: "main" };
  const expressions = { database_version: { constant_value: "as planned" } };
  const plan = {
    format_version: "1.2",
    planned_values: { root_module: { resources: [{ ...resource, values: change.after }] } },
    resource_changes: [{ ...resource, change: { ...change, after_unknown: {} } }],
    configuration: { root_module: { resources: [{ ...resource, expressions }] } },
  };
  return [...rule.check(new ResourceGraph([readPlan("plan.json", plan)]))].map(({ severity, message }) => ({
    severity,
    message,
  }));
}

const database = (settings: object, more: object = {}) => ({
  name: "orders",
  database_version: "POSTGRES_16",
  deletion_protection: false,
  settings: [{ tier: "db-custom-2-7680", ...settings }],
  ...more,
});
const DATABASE = "google_sql_database_instance";

describe("data/replacement", () => {
  const shrink = (more: object = {}) =>
    planned(replacement, DATABASE, {
      actions: ["delete", "create"],
      before: database({ disk_size: 50 }, more),
      after: database({ disk_size: 20 }, more),
      replace_paths: [["settings", 0, "disk_size"]],
    });

  test("a change in place, and a new resource, hold", () => {
    const [before, after] = [database({ disk_size: 50 }), database({ disk_size: 51 })];
    expect(planned(replacement, DATABASE, { actions: ["update"], before, after })).toEqual([]);
    expect(planned(replacement, DATABASE, { actions: ["create"], before: null, after })).toEqual([]);
  });

  test("a smaller disk deletes the database", () => {
    expect(shrink()).toEqual([
      {
        severity: "error",
        message:
          "the plan replaces it because of settings.disk_size 50 -> 20; fails at run time: all data and all automatic backups are deleted and an EMPTY instance is created with a new address, the old name is blocked for a week, so that creation fails unless the name changes.",
      },
    ]);
  });

  test("deletion protection refuses it", () => {
    expect(shrink({ deletion_protection: true })[0]?.message).toContain(
      "rejected by the API: deletion_protection is true",
    );
  });

  test("a resource that carries traffic is a warning, one that carries none is fine", () => {
    const recreated = (type: string) =>
      planned(replacement, type, {
        actions: ["delete", "create"],
        before: { name: "a" },
        after: { name: "b" },
      });
    expect(recreated("google_compute_firewall")).toEqual([
      {
        severity: "warning",
        message:
          "the plan replaces it; fails at run time: what it allowed is dropped until the new one exists, unless another rule allows it.",
      },
    ]);
    expect(recreated("google_compute_ssl_policy")).toEqual([]);
    expect(recreated("google_new_product")).toEqual([
      {
        severity: "unknown",
        message:
          "the plan replaces it: whether a google_new_product holds data or carries traffic is not known to the rule book.",
      },
    ]);
  });
});

describe("data/restart", () => {
  const updated = (before: object, after: object) =>
    planned(restart, DATABASE, { actions: ["update"], before: database(before), after: database(after) });

  test("a larger disk restarts nothing", () => {
    expect(updated({ disk_size: 50 }, { disk_size: 60 })).toEqual([]);
  });

  test("another tier or max_connections restarts the database", () => {
    const flag = { database_flags: [{ name: "max_connections", value: "200" }] };
    expect(updated({}, { tier: "db-custom-4-15360", ...flag })).toEqual([
      {
        severity: "warning",
        message:
          "the plan changes tier db-custom-2-7680 to db-custom-4-15360, max_connections not set to 200; fails at run time: the database restarts and drops every connection.",
      },
    ]);
  });
});

describe("data/sql-version in a plan", () => {
  const from = (before: string, after: string) =>
    planned(sqlVersion, DATABASE, {
      actions: ["update"],
      before: database({}, { database_version: before }),
      after: database({}, { database_version: after }),
    });

  test("an upgrade holds, a downgrade is refused", () => {
    expect(from("POSTGRES_9_6", "POSTGRES_10")).toEqual([]);
    expect(from("POSTGRES_16", "POSTGRES_15")).toEqual([
      {
        severity: "error",
        message:
          "database_version goes from POSTGRES_16 back to POSTGRES_15; refused at apply: a downgrade in place is impossible.",
      },
    ]);
  });
});
