import { describe, expect, test } from "@jest/globals";
import type { Alert, Condition } from "../../platform/operations/alert.ts";
import { burnFactor, burnWindows } from "../../platform/operations/alerts/burn-rate.ts";
import { documentation } from "../../platform/operations/documentation.ts";
import { promqlName } from "../../platform/operations/promql.ts";
import { recipients } from "../../platform/operations/recipients.ts";
import { symptoms } from "../../platform/operations/symptoms.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { shapes } from "../fixtures/shapes.ts";
import { changedShape } from "../support/changed-shape.ts";
import { type Draft, environment, issues, production } from "../support/environments.ts";

function alert(subject: Environment, id: string): Alert {
  const found = platformPlan(subject).alerts.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no alert ${id}`);
  return found;
}

function limitOf(condition: Condition): number | undefined {
  if (condition.kind === "threshold") return condition.threshold;
  return condition.kind === "promql" ? condition.query.threshold : undefined;
}

function threshold(id: string, change: (draft: Draft) => void = () => {}): number | undefined {
  return limitOf(alert(environment(change), id).conditions[0]);
}

describe("thresholds follow the numbers of the environment", () => {
  test.each<[string, string, number, (draft: Draft) => void, number]>([
    [
      "connections: what is budgeted at full scale",
      "database-connections",
      1173,
      (d) => (d.services[1].instances.max = 10),
      673,
    ],
    [
      "connections exhausted: 95% of 1250 - 3",
      "database-connections-exhausted",
      1184,
      (d) => (d.database.maxConnections = 1300),
      1232,
    ],
    [
      "connections exhausted: the budget where it is more than 95%",
      "database-connections-exhausted",
      1184,
      (d) => (d.database.maxConnections = 1200),
      1173,
    ],
    [
      "connections exhausted: before the last slot, however tight the budget",
      "database-connections-exhausted",
      1184,
      (d) => (d.database.maxConnections = 1173),
      1169,
    ],
    ["connector instances", "connector-instances", 9, (d) => (d.network.connector.maxInstances = 8), 7],
    [
      "connector traffic in bytes: 400 Mbit/s budgeted",
      "connector-over-budget",
      50_000_000,
      (d) => (d.services[1].bandwidth = 5),
      25_000_000,
    ],
    [
      "connector traffic in bytes: 95% of 1000 Mbit/s",
      "connector-throughput",
      118_750_000,
      (d) => (d.network.connector.maxInstances = 8),
      95_000_000,
    ],
    ["Redis clients budgeted", "redis-clients", 885, (d) => (d.services[1].cache.pool = 10), 475],
    ["instances: 80% of 20", "backend-instances", 16, (d) => (d.services[1].instances.max = 10), 8],
    [
      "instances: above a minimum that always runs",
      "backend-instances",
      16,
      (d) => (d.services[1].instances.min = 18),
      18,
    ],
    ["latency in ms", "backend-latency", 2000, (d) => (d.services[1].latency = 20), 20_000],
    [
      "start-up: half of 600 s",
      "backend-start-up",
      300_000,
      (d) => (d.deadlines.startupWindow = 400),
      200_000,
    ],
    [
      "logged socket failures: more than a pool of 25",
      "log-socket-connection-failed",
      25.5,
      (d) => (d.services[1].database.overflow = 5),
      15.5,
    ],
    [
      "failed logins: the largest pool",
      "database-logins-failed",
      25,
      (d) => (d.services[1].database.overflow = 5),
      15,
    ],
    ["NAT: 80% of one address", "nat-ports", 51609, (d) => (d.network.nat = { addresses: 2 }), 103_219],
    [
      "5xx: 6 times the budget of 99.9%",
      "backend-errors",
      0.006,
      (d) => (d.objectives.availability = 0.99),
      0.06,
    ],
  ])("%s", (_, id, before, change, after) => {
    expect([threshold(id), threshold(id, change)]).toEqual([before, after]);
  });
});

test("a soak of hours does not make an alert wait for hours", () => {
  const subject = environment((draft) => (draft.deadlines.soak = 86_400));
  expect(alert(subject, "database-down").conditions[0]).toMatchObject({ duration: 600 });
});

test("a connector that stands by is told of as what it is", () => {
  expect(alert(production(), "connector-over-budget").meaning).toMatch(
    /^No service is on the connector, and/,
  );
  expect(alert(environment(), "connector-over-budget").meaning).toMatch(
    /^More goes through the connector than is budgeted: backend /,
  );
});

test("what an objective of 50% can burn is told as what it is", () => {
  const subject = environment((draft) => (draft.objectives.availability = 0.5));
  expect(alert(subject, "auth-availability-fast-burn").numbers[1]).toMatch(/: 0.3% of the budget$/);
});

test("two environments in one project do not hear of each other's drift and preflights", () => {
  const { logMetrics } = platformPlan(environment());
  expect(logMetrics.drift.filter).toContain('jsonPayload.drift.environment="staging"');
  expect(logMetrics["preflight-failed"]?.filter).toContain(
    'resource.labels.job_name=("staging-preflight-auth" OR "staging-preflight-backend" OR "staging-preflight-frontend")',
  );
});

test("burn rates: 2%, 5% and 10% of a month's budget, and never faster than a total failure", () => {
  const factors = (goal: number) => burnWindows.map((window) => burnFactor({ goal, days: 30 }, window));
  expect(factors(0.999)).toEqual([14.4, 6, 3]);
  expect(factors(0.95)).toEqual([14.4, 6, 3]);
  expect(factors(0.9)).toEqual([9, 6, 3]);
  expect(factors(0.5)).toEqual([1.8, 1.8, 1.8]);
});

describe.each([environment(), production()])("alerts of $name", (subject) => {
  const alerts = platformPlan(subject).alerts;

  test("each has an id of its own, and documentation that fits and names this environment", () => {
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(alerts.length);
    for (const each of alerts) {
      const text = documentation(each, subject.name);
      expect(text.length).toBeLessThan(8192);
      expect(text).not.toMatch(/[$%]\{|undefined|NaN|\[object/);
      expect(text).toContain(`docs/runbook/${subject.name}.md#${each.symptom}`);
      expect(each.numbers.length).toBeGreaterThan(0);
      expect(each.commands.join(" ")).toMatch(new RegExp(`--project=${subject.project}|-- ${subject.name}`));
    }
  });

  test("what users feel wakes somebody", () => {
    const pages = alerts.filter(({ severity }) => severity === "page").map(({ id }) => id);
    expect(pages).toEqual(
      expect.arrayContaining(["endpoint-down", "load-balancer-errors", "database-down", "redis-rejected"]),
    );
    expect(pages).not.toContain("drift");
  });
});

test("every symptom of the incidents has an alert that leads to it", () => {
  // What staging and production do not have, the shapes have.
  const led = new Set(
    [environment(), production(), ...Object.keys(shapes).map((name) => changedShape(name).environment())]
      .flatMap((each) => platformPlan(each).alerts)
      .map(({ symptom }) => symptom),
  );
  expect(symptoms.filter(({ id }) => !led.has(id)).map(({ id }) => id)).toEqual([]);
});

test("what cannot happen is not watched", () => {
  const ids = (change: (draft: Draft) => void) =>
    platformPlan(environment(change)).alerts.map(({ id }) => id);
  expect(ids(() => {})).not.toContain("redis-evictions");
  expect(ids((draft) => (draft.cache.evictionPolicy = "allkeys-lru"))).toContain("redis-evictions");
  expect(ids(() => {})).not.toContain("database-standby");
  expect(ids((draft) => (draft.database.availability = "REGIONAL"))).toContain("database-standby");
  const always = ids((draft) => {
    draft.services[0].instances = { min: 6, max: 6 };
    draft.services[2].instances = { min: 0, max: 1 };
    draft.services[1].bandwidth = 25;
  });
  expect(always).not.toEqual(expect.arrayContaining(["auth-instances"]));
  expect(always).not.toEqual(expect.arrayContaining(["frontend-instances"]));
  expect(always).not.toEqual(expect.arrayContaining(["connector-over-budget"]));
  const direct = ids((draft) => {
    delete draft.network.connector;
    delete draft.network.addresses.connector;
    delete draft.existing.connector;
    draft.services[1].path = "direct";
  });
  expect(direct.filter((id) => id.startsWith("connector"))).toEqual([]);
});

test("recipients of a page where only tickets have a channel", () => {
  expect(recipients(environment().notifications, "ticket")).toEqual({ names: ["platform"] });
  expect(recipients(environment().notifications, "page")).toEqual({
    names: ["platform"],
    note: "This is a page, but the environment has no notifications of that severity: nobody is woken.",
  });
  expect(recipients(production().notifications, "page")).toEqual({ names: ["on-call"] });
  expect(recipients(environment((draft) => (draft.notifications = [])).notifications, "page")).toEqual({
    names: [],
  });
});

test("public endpoints, and what must stand in their answers", () => {
  expect(
    platformPlan(environment()).uptimeChecks.map(({ host, path, content }) => [host, path, content?.text]),
  ).toEqual([
    ["api-staging.netrasystems.ai", "/auth/health", undefined],
    ["api-staging.netrasystems.ai", "/health", undefined],
    ["staging.netrasystems.ai", "/health/infrastructure", "healthy"],
    ["staging.netrasystems.ai", "/health", undefined],
  ]);
});

test("connectivity tests: from each path to what its services use", () => {
  expect(
    platformPlan(environment()).connectivityTests.map(({ name, source, port }) => [name, source, port]),
  ).toEqual([
    ["staging-connector-to-database-socket", "10.1.0.4", 3307],
    ["staging-connector-to-redis", "10.1.0.4", 6378],
    ["staging-connector-to-outside", "10.1.0.4", 443],
    ["staging-direct-to-database-socket", "10.1.8.4", 3307],
    ["staging-direct-to-redis", "10.1.8.4", 6378],
  ]);
});

test("an uptime period that Google does not know is refused with the next one", () => {
  expect(issues((draft) => (draft.deadlines.uptimePeriod = 120))).toEqual([
    "deadlines.uptimePeriod is 120 s: Google allows the periods 60, 300, 600, 900 s. Fix: write seconds(300).",
  ]);
});

test("metrics as PromQL calls them", () => {
  expect(promqlName("logging.googleapis.com/user/staging-redis-error-3")).toBe(
    "logging_googleapis_com:user_staging_redis_error_3",
  );
  expect(promqlName("vpcaccess.googleapis.com/connector/sent_bytes_count")).toBe(
    "vpcaccess_googleapis_com:connector_sent_bytes_count",
  );
});
