import { describe, expect, test } from "@jest/globals";
import { ResourceGraph, readPlan } from "../../../graph/index.ts";
import { nameReused } from "../../../rules/data/name-reused.ts";
import { protectedRemoval } from "../../../rules/data/protected-removal.ts";
import type { Rule } from "../../../rules/rule.ts";

const type = "google_sql_database_instance";

/** What the rule says of a plan that deletes the instance "orders" and creates one of the name. */
function replaced(rule: Rule, name: string, deletion_protection: boolean) {
  const created = { address: `${type}.new`, mode: "managed", type, name: "new" };
  const deleted = { address: `${type}.old`, mode: "managed", type, name: "old" };
  const after = { name, project: "acme-dev" };
  const before = { name: "orders", project: "acme-dev", deletion_protection };
  const plan = {
    format_version: "1.2",
    planned_values: { root_module: { resources: [{ ...created, values: after }] } },
    resource_changes: [
      { ...created, change: { actions: ["create"], before: null, after, after_unknown: {} } },
      { ...deleted, change: { actions: ["delete"], before, after: null } },
    ],
    configuration: { root_module: {} },
  };
  return [...rule.check(new ResourceGraph([readPlan("plan.json", plan)]))].map(
    ({ resource, severity, message }) => ({ address: resource.address, severity, message }),
  );
}

describe("data/name-reused", () => {
  test("another name holds, the same is refused", () => {
    expect(replaced(nameReused, "orders-2", false)).toEqual([]);
    expect(replaced(nameReused, "orders", false)).toEqual([
      {
        address: `${type}.new`,
        severity: "error",
        message: `the plan deletes ${type}.old and creates this one with the same name "orders"; refused at apply: a name is blocked for a week after the deletion, and the data are gone by then.`,
      },
    ]);
  });
});

describe("data/protected-removal", () => {
  test("what is not protected may go, the rest is refused", () => {
    expect(replaced(protectedRemoval, "orders-2", false)).toEqual([]);
    expect(replaced(protectedRemoval, "orders-2", true)).toEqual([
      {
        address: `${type}.old`,
        severity: "error",
        message:
          "the plan deletes it, and deletion_protection is true in the state; refused at apply: it is protected.",
      },
    ]);
  });
});
