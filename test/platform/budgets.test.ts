import { describe, expect, test } from "@jest/globals";
import { type Budget, headroom } from "../../platform/budgets/connection-budget.ts";
import { margin } from "../../platform/budgets/time-budget.ts";
import { platformPlan } from "../../platform/plan.ts";
import { startupProbe } from "../../platform/workloads/probes.ts";
import { environment, issues, production } from "../support/environments.ts";

describe("address plan of staging", () => {
  const plan = platformPlan(environment()).addressPlan;

  test("lists every range with its owner, lowest first", () => {
    expect(plan.allocations.map(({ owner, range }) => [range.cidr, owner])).toEqual([
      ["10.1.0.0/28", "connector"],
      ["10.1.8.0/24", "direct egress"],
      ["10.166.0.0/16", "private services"],
    ]);
  });

  test("rounds direct egress up to blocks of 16 for each service: auth 24 -> 32, frontend 20 -> 32", () => {
    expect(plan.directEgress).toEqual({ needed: 64, usable: 252 });
  });

  test("every service could be moved to path direct", () => {
    const moved = environment((draft) =>
      draft.services.forEach((service: { path: string }) => {
        service.path = "direct";
      }),
    );
    expect(platformPlan(moved).addressPlan.directEgress).toEqual({ needed: 144, usable: 252 });
  });

  test("exactly as many addresses as there are is fine, one block more is not", () => {
    const atLimit =
      (max: number) =>
      (draft: {
        network: { addresses: Record<string, string> };
        services: { instances: { max: number } }[];
      }) => {
        draft.network.addresses.directEgress = "10.1.8.0/26";
        if (draft.services[2] !== undefined) draft.services[2].instances.max = max;
      };
    expect(platformPlan(environment(atLimit(4))).addressPlan.directEgress).toEqual({
      needed: 48,
      usable: 60,
    });
    expect(issues(atLimit(5))).toEqual([
      expect.stringContaining('it has 60 usable addresses, and the services on path "direct" take 64'),
    ]);
  });
});

describe("time budget of staging", () => {
  const budget = platformPlan(environment()).timeBudget;
  const link = (name: string) => {
    const found = budget.chain.find((deadline) => deadline.name.startsWith(name));
    return found === undefined ? undefined : [found.value, found.bound, margin(found)];
  };

  test.each([
    ["socket connect", [35, 75, 40]],
    ["connector scaling (30 s) and database pressure (25 s)", [55, 75, 20]],
    ["database initialization × 3 attempts", [225, 600, 375]],
    ["start-up window", [600, 600, 0]],
    ["backend: database statement", [30, 3600, 3570]],
  ])("%s", (name, numbers) => expect(link(name)).toEqual(numbers));

  test("the probe's window is the start-up window", () => {
    const [service] = environment().services;
    if (service === undefined) throw new Error("staging has no service");
    const probe = startupProbe(environment().deadlines, service);
    expect(probe).toEqual({ path: "/health", period: 10, timeout: 5, failureThreshold: 60 });
    expect(probe.period * probe.failureThreshold).toBe(600);
  });

  test("alerts look back over the whole start-up window", () => expect(budget.alertWindow).toBe(600));

  test("a deadline exactly at a strict bound is refused, one second below is fine", () => {
    expect(
      issues((draft) => {
        draft.deadlines.databaseInitialization = 55;
      }),
    ).toHaveLength(1);
    expect(
      issues((draft) => {
        draft.deadlines.databaseInitialization = 56;
      }),
    ).toEqual([]);
  });
});

function requireBudget(budget: Budget | undefined): Budget {
  if (budget === undefined) throw new Error("the environment has no such budget");
  return budget;
}

describe("connection budget", () => {
  test("staging: two overlapping revisions fit", () => {
    const database = requireBudget(platformPlan(environment()).connectionBudget.databases[0]);
    expect(database.shares.map(({ owner, connections }) => [owner, connections])).toEqual([
      ["auth", 120],
      ["backend", 1000],
      ["migration jobs", 5],
      ["preflight jobs", 35],
      ["reserved", 13],
    ]);
    expect([database.used, database.limit, headroom(database)]).toEqual([1173, 1250, 77]);
  });

  test("exactly max_connections fits, one less does not", () => {
    expect(
      issues((draft) => {
        draft.database.maxConnections = 1173;
      }),
    ).toEqual([]);
    expect(
      issues((draft) => {
        draft.database.maxConnections = 1172;
      }),
    ).toHaveLength(1);
  });

  test("three overlapping revisions are counted where an environment says so", () => {
    expect(
      issues((draft) => {
        draft.overlappingRevisions = 3;
      }),
    ).toEqual([expect.stringContaining("at full scale 1733 connections are needed")]);
  });

  test("Redis clients and connector traffic are counted with both revisions", () => {
    const {
      caches: [cache],
      connector,
    } = platformPlan(environment()).connectionBudget;
    expect([cache?.used, cache?.limit]).toEqual([885, 65000]);
    expect([connector?.used, connector?.limit]).toEqual([400, 1000]);
  });

  test("every preflight opens what one instance may, and all run beside full scale", () => {
    const {
      databases: [database],
      caches: [cache],
    } = platformPlan(environment()).connectionBudget;
    const preflight = (budget: Budget | undefined) =>
      budget?.shares.find(({ owner }) => owner === "preflight jobs");
    expect(preflight(database)).toEqual({
      owner: "preflight jobs",
      connections: 10 + 25,
      sum: "as one instance of each service: 10 + 25",
    });
    expect(preflight(cache)?.connections).toBe(5 + 20);
  });

  test("production has headroom too, and nothing on its standby connector", () => {
    const {
      databases: [database],
      connector,
    } = platformPlan(production()).connectionBudget;
    expect(headroom(requireBudget(database))).toBeGreaterThan(0);
    expect(connector?.used).toBe(0);
  });
});
