import { describe, expect, test } from "@jest/globals";
import { secretDuties } from "../../delivery/secrets-checklist.ts";
import { capacityPlan } from "../../platform/budgets/capacity-plan.ts";
import { networkRequirements } from "../../platform/network/network-requirements.ts";
import { runbook } from "../../runbook/runbook.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const alone = changedShape("valkey");
const { plan, issues } = changedShape("valkeys");
const whole = plan();
const [web, api] = whole.services;
if (web === undefined || api === undefined) throw new Error("the shape has no services");

describe("Valkey", () => {
  const values = (service: typeof web) =>
    Object.fromEntries(
      whole
        .contract(service)
        .filter(({ name }) => name.includes("REDIS"))
        .map(({ name, from }) => [name, "value" in from ? from.value : from.secret]),
    );

  test("has the variables of Redis, and says how clients log in and whether it is a cluster", () => {
    expect(values(web)).toEqual({
      REDIS_CA_CERTIFICATE: "valkey-ca",
      REDIS_CLUSTER: "false",
      REDIS_HOST: "valkey-sessions.valkeys.internal",
      REDIS_IAM_AUTH: "true",
      REDIS_POOL_SIZE: "5",
      REDIS_PORT: "6379",
      REDIS_TLS: "true",
    });
    expect(values(api)).toMatchObject({
      PAGES_REDIS_CLUSTER: "true",
      PAGES_REDIS_HOST: "valkey-pages.valkeys.internal",
      PAGES_REDIS_IAM_AUTH: "false",
      PAGES_REDIS_TLS: "false",
      WORK_REDIS_HOST: "redis-queue.valkeys.internal",
      WORK_REDIS_PORT: "6378",
    });
    // Of Redis nothing is new.
    expect(Object.keys(values(api)).filter((name) => /^WORK_REDIS_(IAM|CLUSTER)/.test(name))).toEqual([]);
  });

  test("takes as many clients as one node does, by its type", () => {
    expect(whole.connectionBudget.caches.map(({ instance, limit }) => [instance.name, limit])).toEqual([
      ["sessions", 16_000],
      ["pages", 32_000],
      ["queue", 65_000],
    ]);
    const many = (draft: Draft): void => {
      draft.services[0].instances = { max: 1000 };
      draft.services[0].cache.pool = 8;
      draft.network.addresses.directEgress = "10.16.0.0/16";
    };
    expect(issues(many)).toEqual([
      "caches.sessions.nodeType is STANDARD_SMALL, which takes 16000 clients: at full scale 16008 Valkey clients are needed: web 16000 (1000 instances × 2 revisions × 8) + preflight jobs 8 (as one instance of each service: 8). Fix: choose a larger nodeType, or lower instances.max or cache.pool.",
    ]);
    const path = capacityPlan(whole).find(({ name }) => name === "Valkey sessions");
    expect(path?.stages.map(({ limit }) => limit)).toEqual([
      16_000,
      32_000,
      64_000,
      Number.POSITIVE_INFINITY,
    ]);
  });

  test("is measured on the node that has most, and what only Redis has is not asked of it", () => {
    const { alerts } = whole;
    const of = (record: string) =>
      alerts.filter(({ id }) => id.startsWith(record)).map(({ id }) => id.slice(record.length + 1));
    expect(of("valkey-sessions")).toEqual(["clients", "rejected", "memory", "memory-full"]);
    expect(of("valkey-pages")).toEqual(["clients", "rejected", "memory", "evictions"]);
    expect(of("redis-queue")).toContain("system-memory");
    const commands = alerts
      .filter(({ id }) => id.startsWith("valkey-"))
      .flatMap((alert) => alert.commands)
      .join("\n");
    expect(commands).toContain(
      "gcloud memorystore instances describe valkeys-sessions --location=europe-west1 --project=acme-web",
    );
    expect(commands).not.toContain("gcloud redis");
    // Connectivity Tests know neither its id nor its address.
    expect(whole.connectivityTests.map(({ id }) => id)).toEqual(["direct-to-redis-queue"]);
  });

  test("has runbook pages with the commands and settings of its engine", () => {
    const text = runbook(alone.plan());
    expect(text).toContain("# Valkey error -3");
    expect(text).toContain(
      "gcloud network-connectivity service-connection-policies describe valkey-memorystore",
    );
    expect(text).not.toMatch(/memoryGibibytes|gcloud redis|authSecret/);
  });

  test("has no AUTH string, and its CA is got by a command of its own", () => {
    expect(secretDuties(alone.plan()).map(({ command }) => command)).toEqual([
      "gcloud memorystore instances get-certificate-authority valkey-valkey --project=acme-web --location=europe-west1 --format='value(managedServerCa.caCerts[].certificates[])' | gcloud secrets versions add valkey-ca --project=acme-web --data-file=-",
    ]);
  });

  test("is checked by the preflight in its own range, with a token where AUTH is on", () => {
    expect(whole.preflightPlan(web).cache).toMatchObject({
      engine: "valkey",
      iam: true,
      range: "10.8.32.0/29",
      ports: { plain: 6379, tls: 6379 },
    });
    expect(whole.preflightPlan(api).caches?.map(({ cluster, iam, range }) => [cluster, iam, range])).toEqual([
      [true, undefined, "10.8.32.0/29"],
      [undefined, undefined, undefined],
    ]);
  });
});

describe("settings of a cache by its engine", () => {
  const own = (change: (cache: Draft, draft: Draft) => void) =>
    alone.issues((draft: Draft) => change(draft.cache, draft));

  test("what the other engine has is refused, and what it needs is asked for", () => {
    expect(
      own((cache) => {
        cache.memoryGibibytes = 5;
        delete cache.nodeType;
        delete cache.caSecret;
      }),
    ).toEqual([
      'cache.nodeType is missing: version is "VALKEY_8_0", and Valkey needs it. Fix: add it: one of "SHARED_CORE_NANO", "CUSTOM_PICO", "CUSTOM_MICRO", "CUSTOM_MINI", "STANDARD_SMALL", "HIGHMEM_MEDIUM", "HIGHCPU_MEDIUM", "STANDARD_LARGE", "HIGHMEM_XLARGE", "HIGHMEM_2XLARGE".',
      'cache.caSecret is missing: version is "VALKEY_8_0" and tls is true, and Valkey needs it. Fix: add it: the name of a secret of this environment, for example "redis-ca".',
      'cache.memoryGibibytes is 5: version is "VALKEY_8_0", and Valkey has no such setting. Fix: remove it; Valkey has nodeType, shards and replicas.',
    ]);
    expect(
      changedShape("caches").issues((draft: Draft) => {
        delete draft.caches[0].tier;
        draft.caches[1].shards = 2;
      }),
    ).toEqual([
      'caches.sessions.tier is missing: version is "REDIS_7_2", and Redis needs it. Fix: add it: one of "STANDARD_HA", "BASIC".',
      'caches.queue.shards is 2: version is "REDIS_7_0", and Redis has no such setting. Fix: remove it; Redis has tier and memoryGibibytes.',
    ]);
  });

  test("an AUTH string of Valkey is refused once, whether its secret is declared or not", () => {
    expect(own((cache) => (cache.authSecret = "redis-auth"))).toEqual([
      'cache.authSecret is "redis-auth": version is "VALKEY_8_0", and Valkey has no such setting. Fix: remove it: services log in to Valkey with tokens of their own accounts.',
    ]);
  });

  test("tokens are sent by TLS only, and nodes are counted with their replicas", () => {
    expect(own((cache) => (cache.tls = false))).toEqual([
      "cache.tls is false: auth is true, and Valkey takes tokens of service accounts by TLS only. Fix: write tls: true, or auth: false.",
    ]);
    expect(own((cache) => Object.assign(cache, { shards: 125, replicas: 1 }))).toEqual([]);
    expect(own((cache) => Object.assign(cache, { shards: 84, replicas: 2 }))).toEqual([
      "cache.shards is 84: with 2 replicas each these are 252 nodes, and an instance has 250 at most. Fix: write 83 or fewer, or lower replicas.",
    ]);
  });

  test("endpoints need a subnet with two addresses for each instance", () => {
    expect(own((_, draft) => delete draft.network.addresses.privateServiceConnect)).toEqual([
      'network.addresses.privateServiceConnect is missing: cache is Valkey (version "VALKEY_8_0"), whose endpoints are in a subnet of the network. Fix: add privateServiceConnect: cidr("10.3.0.0/28") with a free range, /29 or larger.',
    ]);
    const third = { name: "third", version: "VALKEY_8_0", nodeType: "CUSTOM_PICO", caSecret: "third-ca" };
    expect(
      issues((draft: Draft) => {
        draft.caches.push({ ...draft.caches[0], ...third });
        draft.secrets.push({ name: "third-ca" });
      }),
    ).toEqual([
      "network.addresses.privateServiceConnect is 10.8.32.0/29: it has 4 usable addresses, and 3 instances of Valkey take 6. Fix: choose a larger range.",
    ]);
  });

  test("the subnet and the policy of a network that others own are asked of its owner", () => {
    const plan = alone.plan((draft: Draft) => {
      draft.projectNumber = "123456789012";
      draft.network.unmanaged = {
        network: "corp-vpc",
        hostProject: "acme-network",
        directEgress: "run",
        privateServiceConnect: "valkey",
      };
    });
    const endpoints = networkRequirements(plan).find(({ requirement }) => /endpoints/.test(requirement));
    expect(endpoints?.commands.at(-1)).toBe(
      "gcloud network-connectivity service-connection-policies create valkey-memorystore --service-class=gcp-memorystore --network=corp-vpc --subnets=https://www.googleapis.com/compute/v1/projects/acme-network/regions/europe-west1/subnetworks/valkey --region=europe-west1 --project=acme-network",
    );
    expect(
      own((_, draft) => {
        draft.network.unmanaged = { network: "corp-vpc", directEgress: "run" };
      }),
    ).toEqual([
      "network.unmanaged.privateServiceConnect is missing: 10.8.32.0/28 (network.addresses.privateServiceConnect) is in a network that others manage, and the subnet that has it is not named. Fix: name the subnet, or remove its range.",
    ]);
  });
});
