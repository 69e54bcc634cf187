import { expect, test } from "@jest/globals";
import type { InfrastructureHealth } from "../../platform/health/health-contract.ts";
import { compareHealth } from "../../platform/health/health-difference.ts";
import { platformPlan } from "../../platform/plan.ts";
import { environment } from "../support/environments.ts";

const staging = environment();
const service = (name: string) => {
  const found = staging.services.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const backend = platformPlan(staging).expectedHealth(service("backend"));

/** What the backend answers where everything is as it is written. */
const healthy: InfrastructureHealth = {
  contract: 1,
  service: "netra-backend-staging",
  revision: "netra-backend-staging-00750-69k",
  status: "healthy",
  inForce: {
    REQUEST_TIMEOUT_SECONDS: 3600,
    SHUTDOWN_GRACE_SECONDS: 9,
    DATABASE_CONNECT_TIMEOUT_SECONDS: 35,
    DATABASE_INIT_TIMEOUT_SECONDS: 75,
    DATABASE_INIT_ATTEMPTS: 3,
    DATABASE_STATEMENT_TIMEOUT_SECONDS: 30,
    DATABASE_POOL_SIZE: 10,
    DATABASE_MAX_OVERFLOW: 15,
    DATABASE_POOL_IDLE_SECONDS: 300,
    REDIS_POOL_SIZE: 20,
  },
  dependencies: {
    postgres: { status: "up", seconds: 0.01 },
    redis: { status: "up", seconds: 0.001 },
    auth: { status: "up", seconds: 0.1 },
    clickhouse: { status: "up", seconds: 0.1 },
  },
};
const told = (body: unknown, http = 200) =>
  compareHealth(backend, body, http).map(({ sentence }) => sentence);

test("expected is what the environment writes, and travels as JSON", () => {
  expect(Object.fromEntries(backend.inForce.map(({ name, value }) => [name, value]))).toEqual(
    healthy.inForce,
  );
  expect(backend.cloudRunService).toBe("netra-backend-staging");
  expect(backend.dependencies).toEqual([
    { name: "postgres", fault: "infrastructure" },
    { name: "redis", fault: "infrastructure" },
    { name: "auth", fault: "application" },
    { name: "clickhouse", fault: "infrastructure" },
  ]);
  expect(JSON.parse(JSON.stringify(backend))).toEqual(backend);
});

test("a service without a database or cache answers for its requests alone", () => {
  expect(
    platformPlan(staging)
      .expectedHealth(service("frontend"))
      .inForce.map(({ name }) => name),
  ).toEqual(["REQUEST_TIMEOUT_SECONDS", "SHUTDOWN_GRACE_SECONDS"]);
});

test("what is in force as written makes no difference, and more than was asked is welcome", () => {
  expect(told(healthy)).toEqual([]);
  expect(told({ ...healthy, build: 7, inForce: { ...healthy.inForce, WORKERS: 4 } })).toEqual([]);
});

test("20 s in force where 75 s is written is told in the words of the incident", () => {
  const drifted = { ...healthy, inForce: { ...healthy.inForce, DATABASE_INIT_TIMEOUT_SECONDS: 20 } };
  expect(compareHealth(backend, drifted, 200)).toEqual([
    {
      kind: "number",
      name: "DATABASE_INIT_TIMEOUT_SECONDS",
      fault: "application",
      sentence: "database initialization: 20 s in force where 75 s is written",
    },
  ]);
});

test("a number that is not reported, or is a text, is not taken as kept", () => {
  const { DATABASE_POOL_SIZE: _, ...rest } = healthy.inForce;
  const sentence = "database pool: DATABASE_POOL_SIZE is not reported where 10 connections is written";
  expect(told({ ...healthy, inForce: rest })).toEqual([sentence]);
  expect(told({ ...healthy, inForce: { ...rest, DATABASE_POOL_SIZE: "10" } })).toEqual([
    'database pool: DATABASE_POOL_SIZE is "10", no number, where 10 connections is written',
  ]);
});

test("what a service says of itself fits its HTTP status and its dependencies", () => {
  const unhealthy = { ...healthy, status: "unhealthy" };
  expect(told(unhealthy, 200)).toEqual([
    "it says unhealthy with HTTP 200: healthy goes with 200, unhealthy with 503",
  ]);
  expect(told(healthy, 503)).toEqual([
    "it says healthy with HTTP 503: healthy goes with 200, unhealthy with 503",
  ]);
  expect(told(unhealthy, 503)).toEqual(["it says unhealthy, and no dependency is down"]);
  const own = { ...healthy.dependencies, queue: { status: "down", seconds: 1 } };
  expect(told({ ...unhealthy, dependencies: own }, 503)).toEqual(["it says unhealthy, because of queue"]);
});

test("a dependency that is down says who is at fault", () => {
  const dependencies = {
    ...healthy.dependencies,
    redis: { status: "down", seconds: 5, error: "Error -3 connecting to redis.staging.internal:6378" },
    auth: { status: "down", seconds: 5 },
  };
  expect(compareHealth(backend, { ...healthy, status: "unhealthy", dependencies }, 503)).toEqual([
    {
      kind: "dependency",
      name: "redis",
      fault: "infrastructure",
      sentence: "redis is down (Error -3 connecting to redis.staging.internal:6378)",
    },
    { kind: "dependency", name: "auth", fault: "application", sentence: "auth is down" },
  ]);
});

test("another service at the address is told apart", () => {
  expect(told({ ...healthy, service: "staging-frontend" })).toEqual([
    '"staging-frontend" answers where netra-backend-staging is expected: the route leads to another service, or K_SERVICE is not reported',
  ]);
});

test.each([
  ["a text", "ok", 'body is "ok", allowed is a JSON object'],
  ["null", null, "body is null, allowed is a JSON object"],
  ["a list", [], "body is [], allowed is a JSON object"],
  ["another contract", { ...healthy, contract: 2 }, "contract is 2, allowed is 1"],
  ["no numbers", { ...healthy, inForce: undefined }, "inForce is missing, allowed is an object of numbers"],
  ["a wrong status", { ...healthy, status: "fine" }, 'status is "fine", allowed is "healthy" or "unhealthy"'],
])("%s is a broken shape", (_, body, sentence) => {
  expect(told(body)).toEqual([
    `/health/infrastructure does not keep its schema: ${sentence} (docs/health-infrastructure.schema.json)`,
  ]);
});
