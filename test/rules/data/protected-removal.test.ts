import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { replaced } from "./plan-fixture.ts";

const protectedRemoval = ruleById("data/protected-removal");
const type = "google_sql_database_instance";

describe("data/protected-removal", () => {
  test("what is not protected may go, the rest is rejected", () => {
    expect(replaced(protectedRemoval, "orders-2", false)).toEqual([]);
    expect(replaced(protectedRemoval, "orders-2", true)).toEqual([
      {
        address: `${type}.old`,
        severity: "error",
        message:
          "the plan deletes it and deletion_protection is true in the state; rejected by the API: it is protected.",
      },
    ]);
  });
});
