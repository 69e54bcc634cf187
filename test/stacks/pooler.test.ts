import { describe, expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { EnvironmentInput } from "../../platform/schema/environment.ts";
import { type Draft, productionDraft, TODAY } from "../support/environments.ts";
import { findings, resource, resources, synthesized } from "../support/synthesized.ts";

/** production, whose services go through the poolers of a database with 16 CPUs. */
function pooled(change: (draft: Draft) => void = () => {}) {
  const draft: Draft = productionDraft();
  draft.database.pooler = { poolSize: 50 };
  for (const { database } of draft.services) if (database !== undefined) database.via = "pooler";
  change(draft);
  return parseEnvironment("production", draft as EnvironmentInput, TODAY);
}

const issues = (change: (draft: Draft) => void): string[] => {
  const parsed = pooled(change);
  return parsed.ok ? [] : parsed.issues.map(formatIssue);
};

describe("managed connection pooling", () => {
  const parsed = pooled();
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  const { environment } = parsed;
  const stacks = synthesized(environment);

  test("services connect to the port of the pooler, which the firewall admits", () => {
    const [port] = resource(
      stacks["prod-service-auth"],
      "google_cloud_run_v2_service",
    ).template.containers[0].env.filter(({ name }: { name: string }) => name === "POSTGRES_PORT");
    expect(port.value).toBe("6432");
    const ports = resources(stacks["prod-network"], "google_compute_firewall").flatMap(
      ({ allow = [] }) => allow,
    );
    expect(ports).toContainEqual({ protocol: "tcp", ports: ["6432"] });
    expect(
      resource(stacks["prod-data"], "google_sql_database_instance").settings.connection_pool_config,
    ).toEqual([{ connection_pooling_enabled: true, flags: [{ name: "max_pool_size", value: "50" }] }]);
    expect(findings(environment).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("the budget counts the poolers instead of the pools of the services", () => {
    const { connectionBudget, preflightPlan, services } = platformPlan(environment);
    expect(connectionBudget.databases[0]).toMatchObject({
      shares: [
        { owner: "connection poolers", connections: 200, sum: "4 poolers × 50" },
        { owner: "migration jobs" },
        { owner: "reserved" },
      ],
      used: 218,
    });
    const [auth] = services;
    expect(auth && preflightPlan(auth).database).toMatchObject({ ports: { tcp: 6432 }, perRevision: 200 });
  });

  test("whoever goes past the poolers is counted in addition", () => {
    const mixed = pooled((draft) => {
      draft.services[0].database.via = "private-ip";
    });
    const shares = mixed.ok ? platformPlan(mixed.environment).connectionBudget.databases[0]?.shares : [];
    expect(shares?.map(({ owner, connections }) => `${owner} ${connections}`)).toEqual([
      "auth 400",
      "connection poolers 200",
      "migration jobs 5",
      "preflight jobs 10",
      "reserved 13",
    ]);
  });

  test("what does not go together is refused", () => {
    expect(
      issues((draft) => {
        draft.database.pooler = { poolSize: 1000 };
      }),
    ).toEqual([
      "database.maxConnections is 3000 connections: at full scale 4018 connections are needed: connection poolers 4000 (4 poolers × 1000) + migration jobs 5 (database.jobConnections) + reserved 13 (database.reservedConnections 10 + superuser 3). Fix: raise maxConnections (with a tier whose memory carries it), or lower instances.max, pool or overflow, or pooler.poolSize.",
    ]);
    expect(
      issues((draft) => {
        draft.database.pooler = undefined;
      }),
    ).toEqual([
      'services.auth.database.via is "pooler": the database has no pooler. Fix: add database.pooler: { poolSize: 50 }, or write via: "private-ip".',
      'services.backend.database.via is "pooler": the database has no pooler. Fix: add database.pooler: { poolSize: 50 }, or write via: "private-ip".',
    ]);
    expect(
      issues((draft) => {
        for (const { database } of draft.services) if (database !== undefined) database.via = "private-ip";
      }),
    ).toEqual([
      'database.pooler is set: nothing connects through it. Fix: write via: "pooler" at a service, or remove it.',
    ]);
    expect(
      issues((draft) => {
        Object.assign(draft.database, { edition: "ENTERPRISE", tier: "db-custom-16-61440" });
        draft.database.backups.logRetentionDays = 7;
      }),
    ).toContain(
      'database.pooler is set: edition is "ENTERPRISE", and managed connection pooling needs ENTERPRISE_PLUS. Fix: remove it, or write edition: "ENTERPRISE_PLUS" with a tier like "db-perf-optimized-N-4".',
    );
  });
});
