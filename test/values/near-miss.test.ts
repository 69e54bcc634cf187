import { describe, expect, test } from "@jest/globals";
import { isNearMiss } from "../../values/nearest.ts";

describe("a near miss", () => {
  test.each([
    ["orders-db", "orders_db"],
    ["orders-database", "orders-databse"],
    ["orders-database", "orders-datbaase"],
    ["api-key", "api-keys"],
    ["staging-postgres", "staging-postgers"],
    ["Main", "main"],
  ])("%s and %s", (a, b) => {
    expect([isNearMiss(a, b), isNearMiss(b, a)]).toEqual([true, true]);
  });

  test.each([
    ["orders-east", "orders-west"],
    ["db-1", "db-2"],
    ["secret-a", "secret-b"],
    ["orders-dev", "orders-prod"],
    ["main", "mail"],
    ["orders", "orders-v2"],
    ["internal", "external"],
    ["api", "app"],
    ["blue", "glue"],
  ])("%s and %s are two names", (a, b) => {
    expect([isNearMiss(a, b), isNearMiss(b, a)]).toEqual([false, false]);
  });
});
