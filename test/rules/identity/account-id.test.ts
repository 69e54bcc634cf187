import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { type Body, saidOf } from "../platform.ts";

const accountId = ruleById("identity/account-id");

describe("identity/account-id", () => {
  const account = (values: Body) =>
    saidOf(accountId, (parts) => parts.set("google_service_account.api", values));

  test("holds at 6 and 30 characters, breaks at 5 and 31", () => {
    expect(account({ account_id: "abcdef" })).toEqual([]);
    expect(account({ account_id: "a".repeat(30) })).toEqual([]);
    expect(account({ account_id: "abcde" })[0]?.message).toContain(
      'account_id is "abcde" (5 characters); rejected at plan: it must be 6 to 30 lowercase letters',
    );
    expect(account({ account_id: "a".repeat(31) })[0]?.message).toContain(
      "(31 characters); rejected at plan",
    );
    expect(account({ account_id: "1-runtime" })[0]?.message).toContain("a letter first");
    expect(account({ account_id: "${var.password}" })).toEqual([]);
  });

  test("counts bytes of the description", () => {
    expect(account({ description: "é".repeat(128) })).toEqual([]);
    expect(account({ description: "é".repeat(129) })[0]?.message).toContain(
      "description has 258 bytes; rejected by the API: it must have at most 256 bytes.",
    );
  });
});
