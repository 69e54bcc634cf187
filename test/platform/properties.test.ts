import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseEnvironment } from "../../platform/environment.ts";
import { platformPlan } from "../../platform/plan.ts";
import { overlaps, rangeFrom } from "../../values/ranges.ts";
import { stagingDraft, TODAY } from "../support/environments.ts";

/** A range of 10.0.0.0/8 with the given prefix length. */
const privateRange = (prefix: number) =>
  fc
    .integer({ min: 0, max: 2 ** (prefix - 8) - 1 })
    .map((index) => rangeFrom(10 * 2 ** 24 + index * 2 ** (32 - prefix), prefix).cidr);

/** Staging with its numbers thrown about, most of them within what the schema allows. */
const arbitraryEnvironment = fc
  .record({
    connector: privateRange(28),
    directEgress: fc.integer({ min: 18, max: 26 }).chain(privateRange),
    privateServices: fc.integer({ min: 12, max: 20 }).chain(privateRange),
    peered: fc.array(fc.integer({ min: 9, max: 28 }).chain(privateRange), { maxLength: 3 }),
    maxConnections: fc.integer({ min: 500, max: 4000 }),
    instances: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 3, maxLength: 3 }),
    pool: fc.integer({ min: 1, max: 30 }),
    overflow: fc.integer({ min: 0, max: 30 }),
    path: fc.constantFrom("connector", "direct"),
    socketConnect: fc.integer({ min: 1, max: 80 }),
    databaseInitialization: fc.integer({ min: 40, max: 240 }),
    initializationAttempts: fc.integer({ min: 1, max: 5 }),
    startupWindow: fc.integer({ min: 20, max: 61 }).map((periods) => periods * 10),
    databaseStatement: fc.integer({ min: 1, max: 80 }),
  })
  .map((numbers) =>
    stagingDraft((draft) => {
      draft.network.addresses = {
        connector: numbers.connector,
        directEgress: numbers.directEgress,
        privateServices: numbers.privateServices,
        peered: numbers.peered.map((range, index) => ({ name: `peer-${index}`, range })),
      };
      draft.database.maxConnections = numbers.maxConnections;
      numbers.instances.forEach((max, index) => {
        draft.services[index].instances = { min: 0, max };
      });
      draft.services[1].database = { pool: numbers.pool, overflow: numbers.overflow, via: "socket" };
      draft.services[1].path = numbers.path;
      const {
        socketConnect,
        databaseInitialization,
        initializationAttempts,
        startupWindow,
        databaseStatement,
      } = numbers;
      Object.assign(draft.deadlines, {
        socketConnect,
        databaseInitialization,
        initializationAttempts,
        startupWindow,
        databaseStatement,
      });
    }),
  );

test("what passes has disjoint ranges, budgets that hold and deadlines in order", () => {
  let passed = 0;
  fc.assert(
    fc.property(arbitraryEnvironment, (input) => {
      const parsed = parseEnvironment("staging", input, TODAY);
      if (!parsed.ok) {
        expect(parsed.issues.length).toBeGreaterThan(0);
        return;
      }
      passed++;
      const { environment } = parsed;
      const plan = platformPlan(environment).addressPlan;
      for (const [index, a] of plan.allocations.entries()) {
        for (const b of plan.allocations.slice(index + 1)) expect(overlaps(a.range, b.range)).toBe(false);
      }
      expect(plan.directEgress.needed).toBeLessThanOrEqual(plan.directEgress.usable);
      const { databases, caches, connector } = platformPlan(environment).connectionBudget;
      for (const budget of [...databases, ...caches, connector])
        if (budget !== undefined) expect(budget.used).toBeLessThanOrEqual(budget.limit);
      for (const { value, bound, strict } of platformPlan(environment).timeBudget.chain) {
        if (strict) expect(value).toBeLessThan(bound);
        else expect(value).toBeLessThanOrEqual(bound);
      }
    }),
    { numRuns: 1000, seed: 1278 },
  );
  // The property says nothing unless some of what is generated passes.
  expect(passed).toBeGreaterThan(50);
});

test("whatever stands in an environment file, judging it does not crash", () => {
  const paths = leafPaths(stagingDraft());
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.anything(), (path, value) => {
      const draft = stagingDraft((whole) => {
        const parent = path.slice(0, -1).reduce((node, step) => node[step], whole);
        parent[path.at(-1) ?? ""] = value;
      });
      parseEnvironment("staging", draft, TODAY);
    }),
    { numRuns: 500 },
  );
});

function leafPaths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.entries(value).flatMap(([key, child]) => leafPaths(child, [...path, key])),
  ];
}
