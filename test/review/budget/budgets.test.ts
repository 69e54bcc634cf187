import { expect, test } from "@jest/globals";
import { platformPlan } from "../../../platform/plan.ts";
import { budgetChanges } from "../../../review/budget/budgets.ts";
import { graphOf } from "../../rules/support.ts";
import { environment, production } from "../../support/environments.ts";
import { synthesisOf } from "../../support/synthesized.ts";

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

/** The kind: one budget with two numbers, one in the review and another in npm start. */
test.each([environment(), production()])(
  "the budgets of $name are those that npm start prints",
  (subject) => {
    const plan = platformPlan(subject);
    const graph = synthesisOf(subject).graph(subject);
    const levels = new Map(
      budgetChanges(graph, graph, plan).map(({ unit, after, name }) => [
        name.split(" ")[0],
        { unit, ...after },
      ]),
    );
    const {
      databases: [database],
      caches: [cache],
      connector,
    } = plan.connectionBudget;
    for (const [name, unit, budget] of [
      ["Connections", "connections", database],
      ["Clients", "clients", cache],
      ["Throughput", "Mbit/s", connector],
    ] as const) {
      // A connector that nobody uses is no budget of a plan.
      if (budget === undefined || budget.used === 0) continue;
      expect([name, levels.get(name)]).toEqual([name, { unit, used: budget.used, limit: budget.limit }]);
    }
  },
);
