import { describe, expect, test } from "@jest/globals";
import { capacityPlan } from "../../platform/budgets/capacity-plan.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const { plan, issues } = changedShape("caches");
const whole = plan();
const [web, api] = whole.services;
if (web === undefined || api === undefined) throw new Error("the shape has no services");

describe("several caches", () => {
  const values = (service: typeof web) =>
    Object.fromEntries(
      whole
        .contract(service)
        .filter(({ name }) => name.includes("REDIS"))
        .map(({ name, from }) => [name, "value" in from ? from.value : from.secret]),
    );

  test("one of them has the variables of today, several those with their names before them", () => {
    expect(values(web)).toEqual({
      REDIS_CA_CERTIFICATE: "sessions-ca",
      REDIS_HOST: "redis-sessions.caches.internal",
      REDIS_PASSWORD: "sessions-auth",
      REDIS_POOL_SIZE: "5",
      REDIS_PORT: "6378",
      REDIS_TLS: "true",
    });
    expect(values(api)).toEqual({
      SESSIONS_REDIS_CA_CERTIFICATE: "sessions-ca",
      SESSIONS_REDIS_HOST: "redis-sessions.caches.internal",
      SESSIONS_REDIS_PASSWORD: "sessions-auth",
      SESSIONS_REDIS_POOL_SIZE: "4",
      SESSIONS_REDIS_PORT: "6378",
      SESSIONS_REDIS_TLS: "true",
      WORK_REDIS_HOST: "redis-queue.caches.internal",
      WORK_REDIS_PASSWORD: "queue-auth",
      WORK_REDIS_POOL_SIZE: "2",
      WORK_REDIS_PORT: "6379",
      WORK_REDIS_TLS: "false",
    });
  });

  test("each has its own budget and row of the capacity page", () => {
    expect(whole.connectionBudget.caches.map(({ instance, used }) => [instance.name, used])).toEqual([
      ["sessions", whole.overlappingRevisions * (web.instances.max * 5 + api.instances.max * 4) + 5 + 4],
      ["queue", whole.overlappingRevisions * api.instances.max * 2 + 1 + (2 + 1)],
    ]);
    expect(capacityPlan(whole).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Redis sessions", "Redis queue"]),
    );
  });

  test("are checked by the preflight under their names, and reported by the service under them", () => {
    const { cache, caches, settings } = whole.preflightPlan(api);
    expect([cache, caches?.map(({ target, prefix, tls }) => [target, prefix, tls])]).toEqual([
      undefined,
      [
        ["cache-sessions", "SESSIONS_", true],
        ["cache-work", "WORK_", false],
      ],
    ]);
    expect(settings).toMatchObject({ SESSIONS_REDIS_TLS: "true", WORK_REDIS_POOL_SIZE: "2" });
    const { inForce, dependencies } = whole.expectedHealth(api);
    expect(inForce.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["SESSIONS_REDIS_POOL_SIZE", "WORK_REDIS_POOL_SIZE"]),
    );
    expect(dependencies.map(({ name }) => name)).toEqual(["sessions-redis", "work-redis"]);
  });

  test("open the ports of both kinds of transit", () => {
    expect(whole.egressRules.find(({ name }) => name === "redis")?.ports).toEqual(["6378", "6379"]);
  });
});

const one = (change: (draft: Draft) => void): string => {
  const found = issues(change);
  expect(found).toHaveLength(1);
  return found[0] ?? "";
};

test.each<[string, (draft: Draft) => void, RegExp]>([
  [
    "cache and caches of the environment",
    (draft) => {
      draft.cache = { ...draft.caches[0], name: "third", auth: false, tls: false };
    },
    /caches is written, too/,
  ],
  [
    "cache and caches of a service",
    (draft) => {
      draft.services[1].cache = { instance: "queue", pool: 1 };
    },
    /caches is written, too, and holds every cache of a service/,
  ],
  [
    "a use that names none of several",
    (draft) => {
      draft.services[0].cache = { pool: 5 };
    },
    /there are several caches \(sessions, queue\)/,
  ],
  [
    "a name that is not declared",
    (draft) => {
      draft.services[0].cache.instance = "sesions";
    },
    /no cache of this name is declared.*sessions/s,
  ],
  [
    "two uses with one name of their variables",
    (draft) => {
      draft.services[1].caches[1].as = "sessions";
    },
    /caches\[0\] has the variables SESSIONS_REDIS_HOST/,
  ],
  [
    "two caches of one name",
    (draft) => {
      draft.caches.push({ ...draft.caches[1], auth: false });
    },
    /caches\[1\] has this name already/,
  ],
  [
    "one secret for two caches",
    (draft) => {
      draft.caches[1].authSecret = "sessions-auth";
      draft.secrets.pop();
    },
    /caches\.sessions\.authSecret uses this secret, too/,
  ],
  [
    "an existing cache that is not declared",
    (draft) => {
      draft.existing = { network: true, caches: { session: "legacy" } };
    },
    /caches has no instance of this name/,
  ],
])("%s are refused once, with what to do", (_, change, words) => {
  expect(one(change)).toMatch(words);
});
