import { describe, expect, test } from "@jest/globals";
import { environment, production } from "../support/environments.ts";
import { synthesized } from "../support/synthesized.ts";
import { type Json, resourcesOf, type Stacks } from "./evaluator/project.ts";
import type { World } from "./evaluator/series.ts";
import { staging, type Trouble } from "./staging-world.ts";
import { firing, HOUR, logged, reports } from "./worlds.ts";

const stacks: Stacks = synthesized(environment());

const AT_FULL_SCALE = ["auth-instances", "backend-instances", "connector-instances", "frontend-instances"];

const backend = {
  type: "cloud_run_revision",
  labels: { service_name: "netra-backend-staging", location: "us-central1" },
};
const line = (textPayload: string): Json => ({ resource: backend, severity: "ERROR", textPayload });
const failedCheck = (service: string, category: string, check: string): Json => ({
  resource: {
    type: "cloud_run_job",
    labels: { job_name: `staging-preflight-${service}`, location: "us-central1" },
  },
  severity: "ERROR",
  jsonPayload: { message: "", preflight: { service, category, check, status: "failed", critical: true } },
});

/** I-1: 14 requests of 1,000 an hour fail after 7.2 s, while the connector is at its end. */
const capacity: Trouble = {
  megabits: 980,
  connectorCpu: 0.99,
  latency: 7200,
  backendErrors: (minute) => (minute > HOUR && minute % 4 === 0 ? 1 : 0),
};
/** I-2: Redis is out of reach; containers are healthy. */
const redisGone: Trouble = {
  backendErrors: (minute) => (minute > HOUR ? 9 : 0),
  latency: 7000,
  infrastructure: 0,
  logs: [
    ...logged(line("Error -3 connecting to 10.166.204.83:6379. Temporary failure in name resolution."), 1),
    ...["auth", "backend"].flatMap((service) =>
      ["redis/connect", "redis/pool", "redis/ping"].flatMap((check) =>
        logged(failedCheck(service, "redis", check), 5),
      ),
    ),
  ],
};
/** I-3: 46 instances with 25 connections each, and more: no slot is left. */
const connections: Trouble = {
  connections: 1236,
  failedLogins: 30,
  refused: 8,
  backendErrors: (minute) => (minute > HOUR ? 1 : 0),
  logs: logged(
    {
      resource: {
        type: "cloudsql_database",
        labels: { database_id: "netra-staging:staging-shared-postgres" },
      },
      textPayload:
        "FATAL:  remaining connection slots are reserved for non-replication superuser connections",
    },
    3,
  ),
};
/** I-4: 649 "Socket connection failed" in an hour, initialization given up after 20 s, exit code 3. */
const drifted: Trouble = {
  startup: 400_000,
  killed: 1,
  logs: [
    ...logged(line("Socket connection failed: timeout after 20.0s"), 1, 11),
    ...logged(line("Container called exit(3)."), 3),
  ],
};

test("full scale while two revisions overlap, a restart at night and one failing location page nobody", () => {
  expect(firing(stacks, staging())).toEqual({ pages: [], tickets: AT_FULL_SCALE });
});

const burning = (kind: string): string[] => [`backend-${kind}-fast-burn`, `backend-${kind}-steady-burn`];
const slowly = (kind: string): string[] => [
  `backend-${kind}-slow-burn`,
  kind === "latency" ? "backend-latency" : "backend-errors",
];

describe("the incidents are heard of, and one cause does not page ten times", () => {
  test.each<[string, Trouble, { pages: string[]; tickets: string[] }]>([
    [
      "I-1 capacity",
      capacity,
      {
        pages: [...burning("availability"), ...burning("latency"), "connector-cpu", "connector-throughput"],
        tickets: [
          ...slowly("availability"),
          ...slowly("latency"),
          "connector-over-budget",
          "load-balancer-latency",
        ],
      },
    ],
    [
      "I-2 Redis",
      redisGone,
      {
        pages: [
          ...burning("availability"),
          ...burning("latency"),
          "endpoint-down",
          "load-balancer-errors",
          "log-redis-error-3",
          "preflight-critical",
        ],
        tickets: [...slowly("availability"), ...slowly("latency"), "load-balancer-latency"],
      },
    ],
    [
      "I-3 connections",
      connections,
      {
        pages: [
          ...burning("availability"),
          "backend-database-refused",
          "database-connections-exhausted",
          "load-balancer-errors",
          "log-connection-slots-reserved",
        ],
        tickets: [...slowly("availability"), "database-connections", "database-logins-failed"],
      },
    ],
    [
      "I-4 timeouts",
      drifted,
      {
        pages: ["backend-probes", "log-exit-code-3", "log-socket-connection-failed"],
        tickets: ["backend-start-up"],
      },
    ],
  ])("%s", (_, trouble, { pages, tickets }) => {
    expect(firing(stacks, staging(trouble))).toEqual({
      pages,
      tickets: [...AT_FULL_SCALE, ...tickets].sort(),
    });
  });
});

/** Nobody is there but uptime checks; instances are gone, and one request of ten minutes fails. */
function night(project: string, prefix: string, requestsEach = 10): World {
  const requests = "loadbalancing.googleapis.com/https/request_count";
  const series = ["auth", "backend"].flatMap((name) =>
    reports(
      "https_lb_rule",
      {
        project_id: project,
        url_map_name: `${prefix}-edge-lb`,
        backend_target_name: `${prefix}-edge-${name}`,
      },
      [
        [requests, { response_code_class: "200" }, () => requestsEach],
        [requests, { response_code_class: "500" }, (minute) => (minute === 90 && name === "backend" ? 1 : 0)],
      ],
    ),
  );
  return { logs: [], series };
}

describe("one request that fails at night", () => {
  test("wakes nobody", () => {
    const silence = { pages: [], tickets: [] };
    expect(firing(stacks, night("netra-staging", "staging"))).toEqual(silence);
    expect(firing(synthesized(production()), night("netra-production", "prod"))).toEqual(silence);
  });
});

describe("a policy that is broken behaves otherwise", () => {
  const threshold = (policy: Json): Json => policy.conditions[0].condition_threshold;
  const rewrite = (policy: Json, from: string, to: string): void => {
    const { condition_prometheus_query_language: promql } = policy.conditions[0];
    promql.query = promql.query.replace(from, to);
  };

  test.each<[string, string, (policy: Json) => void, World, boolean]>([
    ["latency in seconds", "backend-latency", (p) => (threshold(p).threshold_value = 2), staging(), true],
    ["start-up in seconds", "backend-start-up", (p) => (threshold(p).threshold_value = 300), staging(), true],
    ["megabits for bytes", "connector-throughput", (p) => rewrite(p, "118750000", "950"), staging(), true],
    [
      "bits for bytes",
      "connector-throughput",
      (p) => rewrite(p, "118750000", "950000000"),
      staging(capacity),
      false,
    ],
    [
      "the emptiest database",
      "database-connections",
      (p) => (threshold(p).aggregations[0].cross_series_reducer = "REDUCE_MIN"),
      staging(connections),
      false,
    ],
    [
      "the mean of all databases",
      "database-connections",
      (p) => (threshold(p).aggregations[0].cross_series_reducer = "REDUCE_MEAN"),
      staging(connections),
      false,
    ],
    [
      "only the short window of a burn rate",
      "backend-availability-fast-burn",
      (p) => (p.combiner = "OR"),
      night("netra-staging", "staging"),
      true,
    ],
    [
      "a minute for a rollout",
      "load-balancer-errors",
      (p) => (threshold(p).duration = "0s"),
      night("netra-staging", "staging", 5),
      true,
    ],
    [
      "connections of the incident for the budget",
      "database-connections",
      (p) => (threshold(p).threshold_value = 989),
      staging(),
      true,
    ],
  ])("%s: %s", (_, id, change, world, fires) => {
    const spoiled = structuredClone(stacks);
    const policy = resourcesOf(spoiled, "google_monitoring_alert_policy").find(([name]) =>
      name.startsWith(`alert-${id}_`),
    )?.[1];
    const heard = (): boolean => Object.values(firing(spoiled, world)).flat().includes(id);
    expect(heard()).toBe(!fires);
    change(policy);
    expect(heard()).toBe(fires);
  });
});
