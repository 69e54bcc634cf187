import { expect, test } from "@jest/globals";
import { platformPlan } from "../../platform/plan.ts";
import { checkedWorkloads } from "../../platform/preflight/preflight.ts";
import { preflightCategories } from "../../platform/preflight/preflight-result.ts";
import type { Environment, Service } from "../../platform/schema/environment.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import { environment, production } from "../support/environments.ts";

function service(from: Environment, name: string): Service {
  const found = from.services.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
}

test("staging's backend is measured against its own budgets", () => {
  const staging = environment();
  const plan = platformPlan(staging).preflightPlan(service(staging, "backend"));
  expect(plan.seconds).toEqual({ connect: 35, ready: 75, statement: 30, request: 10, total: 225 });
  expect(plan.database).toMatchObject({
    via: "socket",
    queries: 50,
    queryMilliseconds: 500,
    maxConnections: 1250,
    needed: 1173,
    perInstance: 25,
    perRevision: 500,
  });
  expect(plan.cache).toMatchObject({
    tls: true,
    auth: true,
    pingMilliseconds: 100,
    perInstance: 20,
    needed: 885,
  });
  expect(plan.privateServices).toBe("10.166.0.0/16");
  expect(plan.dependencies).toEqual([
    { name: "auth", variable: "AUTH_URL", kind: "service" },
    { name: "clickhouse", variable: "CLICKHOUSE_URL", kind: "clickhouse" },
  ]);
});

test("a number changed in the environment changes the plan, so that the gate runs again", () => {
  const changed = environment((draft) => {
    draft.deadlines.databaseInitialization = 80;
    draft.objectives.databaseMilliseconds = 250;
  });
  const plan = platformPlan(changed).preflightPlan(service(changed, "backend"));
  expect(plan.seconds.ready).toBe(80);
  expect(plan.seconds.total).toBe(240);
  expect(plan.settings.DATABASE_INIT_TIMEOUT_SECONDS).toBe("80");
  expect(plan.database?.queryMilliseconds).toBe(250);
});

test("every deadline and size that the service gets is compared, and nothing that it sets itself", () => {
  const own = environment((draft) => {
    draft.services[1].environment = { WORKER_POOL_SIZE: "4" };
  });
  const { settings } = platformPlan(own).preflightPlan(service(own, "backend"));
  expect(Object.keys(settings).sort()).toEqual([
    "DATABASE_CONNECT_TIMEOUT_SECONDS",
    "DATABASE_INIT_ATTEMPTS",
    "DATABASE_INIT_TIMEOUT_SECONDS",
    "DATABASE_MAX_OVERFLOW",
    "DATABASE_POOL_IDLE_SECONDS",
    "DATABASE_POOL_SIZE",
    "DATABASE_STATEMENT_TIMEOUT_SECONDS",
    "REDIS_POOL_SIZE",
    "REDIS_TLS",
    "REQUEST_TIMEOUT_SECONDS",
    "SHUTDOWN_GRACE_SECONDS",
  ]);
});

test("every secret of the contract is planned at its pinned version; CA secrets as certificates", () => {
  const live = production();
  for (const each of live.services) {
    const plan = platformPlan(live).preflightPlan(each);
    const pinned = platformPlan(live)
      .contract(each)
      .flatMap(({ name, from }) => ("secret" in from ? [`${name} ${from.version}`] : []));
    expect(plan.secrets.map(({ variable, version }) => `${variable} ${version}`)).toEqual(pinned);
    for (const { variable, holds } of plan.secrets)
      expect([variable, holds]).toEqual([
        variable,
        variable.endsWith("CA_CERTIFICATE") || variable.endsWith("_CA") ? "certificates" : "text",
      ]);
  }
});

test("the address is compared only where traffic goes through Cloud NAT", () => {
  const echo = environment((draft) => {
    draft.preflight.addressEcho = "https://checkip.example.com/";
  });
  expect(platformPlan(echo).preflightPlan(service(echo, "backend")).egress).toEqual({
    addressEcho: "https://checkip.example.com/",
    throughNat: true,
  });
  expect(platformPlan(echo).preflightPlan(service(echo, "auth")).egress?.throughNat).toBe(false);
  expect(platformPlan(environment()).preflightPlan(service(environment(), "backend")).egress).toBeUndefined();
});

test("each category has its exit code, and only other services cannot stop a deployment", () => {
  const staging = environment();
  const { categories } = platformPlan(staging).preflightPlan(service(staging, "auth"));
  const codes = preflightCategories.map((category) => categories[category].exitCode);
  expect(codes).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  expect(preflightCategories.filter((category) => !categories[category].critical)).toEqual(["services"]);
});

test("a plan fits into an environment variable, and a service without dependencies needs none", () => {
  const live = production();
  for (const each of live.services)
    expect(JSON.stringify(platformPlan(live).preflightPlan(each)).length).toBeLessThan(
      cloudRunLimits.environmentValueLength.value / 4,
    );
  const alone = environment((draft) => {
    draft.services[2].dependsOn = [];
  });
  expect(checkedWorkloads(alone).map(({ name }) => name)).toEqual(["auth", "backend"]);
  expect(checkedWorkloads({ ...alone, preflight: undefined })).toEqual([]);
});
