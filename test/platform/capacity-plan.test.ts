import { describe, expect, test } from "@jest/globals";
import {
  type CapacityPath,
  carriesUntil,
  servicesAtLoad,
  stageAt,
} from "../../platform/budgets/capacity-load.ts";
import { capacityPlan } from "../../platform/budgets/capacity-plan.ts";
import { parseEnvironment } from "../../platform/environment.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { type Draft, environment, stagingDraft, TODAY } from "../support/environments.ts";

function path(name: string, subject: Environment = environment()): CapacityPath {
  const found = capacityPlan(platformPlan(subject)).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no path ${name}`);
  return found;
}

/** Whether the schema and the budgets accept staging with so many times its instances. */
function accepted(factor: number, change: (draft: Draft) => void): string[] {
  const parsed = parseEnvironment(
    "staging",
    stagingDraft((draft) => {
      change(draft);
      for (const service of draft.services) service.instances.max = Math.ceil(service.instances.max * factor);
    }),
    TODAY,
  );
  return parsed.ok ? [] : parsed.issues.map(({ path: where }) => where);
}

/** So large that no other path ends first. */
const enough = {
  connections: (draft: Draft) => {
    for (const { database } of draft.services)
      if (database) Object.assign(database, { pool: 1, overflow: 0 });
  },
  connector: (draft: Draft) =>
    (draft.network.connector = { minInstances: 2, maxInstances: 10, machineType: "e2-standard-4" }),
  addresses: (draft: Draft) => (draft.network.addresses.directEgress = "10.1.16.0/20"),
};

describe("the turning points are those of the budgets themselves", () => {
  test("the connector: 2.5 times the load, and not a tenth more", () => {
    const change = (draft: Draft) => {
      enough.connections(draft);
      enough.addresses(draft);
    };
    expect(carriesUntil(path("connector"), path("connector").stages[0])).toBe(2.5);
    expect(accepted(2.5, change)).toEqual([]);
    expect(accepted(2.6, change)).toEqual(["network.connector.maxInstances"]);
  });

  test("direct egress: 5.3 times", () => {
    const change = (draft: Draft) => {
      enough.connections(draft);
      enough.connector(draft);
    };
    expect(carriesUntil(path("direct egress"), path("direct egress").stages[0])).toBe(5.3);
    expect(accepted(5.3, change)).toEqual([]);
    expect(accepted(5.4, change)).toEqual(["network.addresses.directEgress"]);
  });

  test("PostgreSQL: what there is today carries today and hardly more; 4000 connections carry 3.5 times", () => {
    const postgres = path("PostgreSQL");
    expect(postgres.stages.map((stage) => carriesUntil(postgres, stage))).toEqual([
      1,
      3.5,
      Number.POSITIVE_INFINITY,
    ]);
    const change = (draft: Draft) => {
      enough.connector(draft);
      enough.addresses(draft);
      draft.database.maxConnections = 4000;
    };
    expect(accepted(3.5, change)).toEqual([]);
    expect(accepted(3.6, change)).toEqual(["database.maxConnections"]);
  });
});

describe("what is needed", () => {
  test("grows with whole instances", () => {
    expect(servicesAtLoad(environment().services, 1.1).map(({ instances }) => instances.max)).toEqual([
      7, 22, 6,
    ]);
    expect([1, 2, 5, 10].map(path("connector").needed)).toEqual([400, 800, 2000, 4000]);
    // Jobs, the preflight and reserved connections do not grow.
    const growth = ({ needed }: CapacityPath, factor: number): number => needed(factor) - needed(1);
    expect(growth(path("PostgreSQL"), 2)).toBe(2 * (6 * 10 + 20 * 25));
    expect(growth(path("Redis"), 10)).toBe(9 * 2 * (6 * 5 + 20 * 20));
    expect([1, 10].map(path("Cloud NAT").needed)).toEqual([20 * 2 * 64, 200 * 2 * 64]);
  });

  test("the next stage is the first that carries it", () => {
    const connector = path("connector");
    expect(stageAt(connector, 2.5).change).toBe("");
    expect(stageAt(connector, 2.6)).toMatchObject({ limit: 16000 });
    expect(stageAt(connector, 100)).toMatchObject({ limit: Number.POSITIVE_INFINITY });
    expect(stageAt(path("direct egress"), 10).change).toContain("to a /23");
  });

  test("stages only grow", () => {
    for (const { stages } of capacityPlan(platformPlan(environment()))) {
      const limits = stages.map(({ limit }) => limit);
      expect([...limits].sort((a, b) => a - b)).toEqual(limits);
      expect(limits.at(-1)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  test("a smaller connector has a stage more; without one there is no such path", () => {
    const small = environment((draft) => (draft.network.connector = { minInstances: 2, maxInstances: 5 }));
    expect(path("connector", small).stages.map(({ limit }) => limit)).toEqual([
      500,
      1000,
      16000,
      Number.POSITIVE_INFINITY,
    ]);
    const none = environment((draft) => {
      delete draft.network.connector;
      delete draft.network.addresses.connector;
      delete draft.existing.connector;
      draft.services[1].path = "direct";
    });
    expect(capacityPlan(platformPlan(none)).some(({ name }) => name === "connector")).toBe(false);
  });

  test("before Redis 7 the cap of clients follows the memory", () => {
    const old = environment((draft) => {
      draft.cache.version = "REDIS_6_X";
    });
    expect(path("Redis", old).stages[0].limit).toBe(2500);
    expect(stageAt(path("Redis", old), 5).change).toContain("cache.memoryGibibytes` to 35");
  });
});
