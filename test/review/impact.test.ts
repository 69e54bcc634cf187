import { expect, test } from "@jest/globals";
import { ResourceGraph, readState } from "../../graph/index.ts";
import { topologyChanges } from "../../review/topology-changes.ts";
import type { Json } from "../support/synthesized.ts";
import { change, changeAt, planOf, reviewOf } from "./support.ts";

const messages = (...args: Parameters<typeof change>): string =>
  changeAt(reviewOf({ dev: planOf(change(...args)) }), `${args[0]}.it`).impact.join(" ");

test("a job has no instances", () => {
  expect(messages("google_cloud_run_v2_job", null, { name: "preflight-auth" })).toBe(
    "job preflight-auth is created; it runs when it is started.",
  );
});

test("a worker pool and a sidecar are told like the service and its first container", () => {
  const env = (value: string) => [{ name: "LEVEL", value }];
  const pool = (digest: string, level: string) => ({
    name: "consumer",
    scaling: [{ manual_instance_count: 3 }],
    template: [
      {
        containers: [
          { name: "app", image: "run/app@sha256:11111111", env: env("info") },
          { name: "proxy", image: `run/proxy@sha256:${digest}`, env: env(level) },
        ],
      },
    ],
  });
  const type = "google_cloud_run_v2_worker_pool";
  expect(messages(type, null, pool("22222222", "info"))).toBe(
    "worker pool consumer is created with up to 3 instances.",
  );
  expect(messages(type, pool("22222222", "info"), pool("33333333", "debug"))).toBe(
    "worker pool consumer gets a NEW REVISION, which replaces its instances: image 22222222 to 33333333 and environment variable LEVEL info to debug.",
  );
});

test("a name that is a sentence stands in quotes", () => {
  expect(
    messages("google_monitoring_alert_policy", null, { display_name: "The preflight does not run" }),
  ).toBe('alert "The preflight does not run" is created.');
});

test("a DNS record says when nobody knows yet where it will lead, and how long clients take", () => {
  const record = (more: Json) => ({ name: "redis.internal.", ttl: 300, ...more });
  const unknown = { change: { after_unknown: { rrdatas: true } } };
  expect(messages("google_dns_record_set", record({ rrdatas: ["10.0.0.1"] }), record({}), unknown)).toBe(
    "DNS record redis.internal. gets another value, which is known after apply.",
  );
  expect(
    messages("google_dns_record_set", record({ rrdatas: ["10.0.0.1"] }), record({ rrdatas: ["10.0.0.2"] })),
  ).toBe("DNS record redis.internal. changes from 10.0.0.1 to 10.0.0.2: clients follow within 300 seconds.");
  const both = record({ rrdatas: ["10.0.0.1", "10.0.0.2"] });
  expect(messages("google_dns_record_set", record({ rrdatas: ["10.0.0.1"] }), both)).toBe(
    "DNS record redis.internal. also returns 10.0.0.2: clients follow within 300 seconds.",
  );
  expect(messages("google_dns_record_set", both, record({ rrdatas: ["10.0.0.1"] }))).toBe(
    "DNS record redis.internal. no longer returns 10.0.0.2: traffic to it ends within the record's TTL.",
  );
});

test("a service that reached its cache by a name before does not reach it anew", () => {
  const resources = [
    { type: "google_redis_instance", values: { name: "cache", host: "10.0.0.1", region: "r" } },
    { type: "google_dns_record_set", values: { name: "redis.internal.", type: "A", rrdatas: ["10.0.0.1"] } },
    {
      type: "google_cloud_run_v2_service",
      values: {
        name: "auth",
        location: "r",
        template: [{ containers: [{ env: [{ name: "REDIS_HOST", value: "redis.internal" }] }] }],
      },
    },
  ];
  const state = {
    format_version: "1.0",
    values: {
      root_module: {
        resources: resources.map((resource) => ({
          address: `${resource.type}.it`,
          mode: "managed",
          name: "it",
          ...resource,
        })),
      },
    },
  };
  const changes = topologyChanges(new ResourceGraph([]), new ResourceGraph([readState("dev", state)]));
  expect(changes.added).toContainEqual({
    from: "Cloud Run service auth",
    to: "Redis cache",
    label: "REDIS_HOST",
  });
});
