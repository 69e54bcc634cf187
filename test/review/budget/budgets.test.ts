import { expect, test } from "@jest/globals";
import { budgetChanges } from "../../../review/budget/budgets.ts";
import { graphOf } from "../../rules/support.ts";

/** The kind: a sentence of several parts of which one is empty. */
test.each([
  ["POSTGRES_15", "db-custom-2-7680"],
  ["POSTGRES_15", "db-unheard-of"],
])("a database of which no client is known says so (%s on %s)", (database_version, tier) => {
  const graph = graphOf({ google_sql_database_instance: { main: { database_version, settings: { tier } } } });
  expect(budgetChanges(graph, graph).map(({ how }) => how)).toEqual([
    "unknown: no service here states how many connections it opens",
  ]);
});
