import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { replaced } from "./plan-fixture.ts";

const nameReused = ruleById("data/name-reused");
const type = "google_sql_database_instance";

describe("data/name-reused", () => {
  test("another name passes, the same is rejected", () => {
    expect(replaced(nameReused, "orders-2", false)).toEqual([]);
    expect(replaced(nameReused, "orders", false)).toEqual([
      {
        address: `${type}.new`,
        severity: "error",
        message:
          'name is "orders", as that of google_sql_database_instance.old, which the plan deletes; rejected by the API: a name is blocked for a week after the deletion, and the data are lost by then.',
      },
    ]);
  });
});
