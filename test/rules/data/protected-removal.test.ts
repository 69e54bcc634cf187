import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { planned, replaced } from "./plan-fixture.ts";

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

  test("every switch of protection counts", () => {
    const removed = (type: string, before: object) =>
      planned(protectedRemoval, type, { actions: ["delete"], before, after: null });
    expect(removed("google_container_cluster", { deletion_protection: true })).toHaveLength(1);
    expect(removed("google_redis_cluster", { deletion_protection_enabled: true })).toHaveLength(1);
    expect(removed("google_firestore_database", { deletion_policy: "ABANDON" })).toEqual([]);
    expect(
      removed("google_firestore_database", { delete_protection_state: "DELETE_PROTECTION_ENABLED" }),
    ).toMatchObject([
      {
        message: expect.stringContaining("delete_protection_state is DELETE_PROTECTION_ENABLED in the state"),
      },
    ]);
  });
});
