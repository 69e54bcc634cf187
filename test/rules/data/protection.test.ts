import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const protection = ruleById("data/protection");
const address = "google_sql_database_instance.orders";

describe("data/protection", () => {
  test("the default and protection by the API pass, none at all is a warning", () => {
    expect(check(protection, withInstance())).toEqual([]);
    const open = { deletion_protection: false };
    expect(check(protection, withInstance({ deletion_protection_enabled: true }, open))).toEqual([]);
    expect(check(protection, withInstance({}, open))).toMatchObject([{ severity: "warning", address }]);
  });

  test("both switched off in words is a decision, not an oversight", () => {
    const open = { deletion_protection: false };
    expect(check(protection, withInstance({ deletion_protection_enabled: false }, open))).toEqual([]);
  });
});
