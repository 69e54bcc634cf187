import { describe, expect, test } from "@jest/globals";
import { documentation } from "../../platform/operations/documentation.ts";
import { platformPlan } from "../../platform/plan.ts";
import { runbook } from "../../runbook/runbook.ts";
import { type Draft, environment } from "../support/environments.ts";
import { apiFaults } from "../support/google-api/api-form.ts";
import { findings, synthesized } from "../support/synthesized.ts";
import { resourcesOf } from "./evaluator/project.ts";
import { refusals } from "./evaluator/refusals.ts";

/** What an environment may be, though none of ours is. */
const ODD: Readonly<Record<string, (draft: Draft) => void>> = {
  "no service has a database": (draft) => {
    for (const service of draft.services) delete service.database;
  },
  "no service has a cache": (draft) => {
    for (const service of draft.services) delete service.cache;
  },
  "nobody is public": (draft) => {
    for (const service of draft.services) {
      delete service.exposure;
      service.dependsOn = [];
    }
    delete draft.edge;
    delete draft.validation;
  },
  "an objective of 99.99%": (draft) => (draft.objectives.availability = 0.9999),
  "an objective of 50%": (draft) => (draft.objectives.availability = 0.5),
  "exactly the connections of the budget": (draft) => (draft.database.maxConnections = 1173),
  "no connector": (draft) => {
    delete draft.network.connector;
    delete draft.network.addresses.connector;
    delete draft.existing.connector;
    draft.services[1].path = "direct";
  },
  "a connector that is budgeted full": (draft) => (draft.services[1].bandwidth = 25),
  "a cache without a replica, before Redis 7": (draft) => {
    Object.assign(draft.cache, { tier: "BASIC", version: "REDIS_6_X" });
  },
  "a worker pool": (draft) => {
    const { image, cpu, memory } = draft.services[1];
    draft.workerPools = [{ name: "drain", image, cpu, memory, instanceCount: 2, path: "direct" }];
  },
  "three revisions at once": (draft) => {
    draft.overlappingRevisions = 3;
    draft.database.maxConnections = 2000;
  },
  "checks every quarter of an hour": (draft) => (draft.deadlines.uptimePeriod = 900),
  "a soak of a day": (draft) => (draft.deadlines.soak = 86_400),
  "instances that never change": (draft) => {
    for (const { instances } of draft.services) instances.min = instances.max;
  },
  "one instance each": (draft) => {
    for (const service of draft.services) service.instances = { min: 0, max: 1 };
  },
  "thirty services": (draft) => {
    for (let number = 1; number <= 27; number++)
      draft.services.push({
        ...structuredClone(draft.services[2]),
        name: `worker${number}`,
        dependsOn: [],
        database: { pool: 1, overflow: 0, via: "socket" },
        instances: { min: 0, max: 2 },
        exposure: [{ host: `worker${number}.netrasystems.ai` }],
      });
    draft.network.addresses.directEgress = "10.1.8.0/22";
    draft.database.maxConnections = 1400;
  },
};

describe.each(Object.entries(ODD))("an environment with %s", (_, change) => {
  const subject = environment(change);

  test("has policies that Google takes and no rule doubts", () => {
    const stacks = synthesized(subject);
    const policies = resourcesOf(stacks, "google_monitoring_alert_policy").map(([, policy]) => policy);
    expect(policies.length).toBeGreaterThan(30);
    expect(apiFaults(stacks)).toEqual([]);
    expect(policies.flatMap((policy) => refusals(stacks, policy))).toEqual([]);
    expect(new Set(policies.map(({ display_name }) => display_name)).size).toBe(policies.length);
    expect(findings(subject).filter(({ rule }) => rule.startsWith("observability/"))).toEqual([]);
  });

  test("tells in words what can be read", () => {
    const texts = platformPlan(subject).alerts.map((alert) => documentation(alert, subject.name));
    for (const text of texts) expect(text.length).toBeLessThan(8192);
    for (const text of [...texts, runbook(platformPlan(subject))])
      expect(text).not.toMatch(/undefined|NaN|Infinity|\[object|-\d+ (connections|clients|instances)/);
  });
});

test("where nobody hears of anything it is said once", () => {
  const silent = environment((draft) => (draft.notifications = []));
  expect(findings(silent).filter(({ rule }) => rule === "observability/channel")).toHaveLength(1);
});
