import { describe, expect, test } from "@jest/globals";
import { alertAligner } from "../../../rules/observability/alert-aligner.ts";
import { alertFilter } from "../../../rules/observability/alert-filter.ts";
import { alertLabel } from "../../../rules/observability/alert-label.ts";
import { alertNever } from "../../../rules/observability/alert-never.ts";
import { alertTiming } from "../../../rules/observability/alert-timing.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check } from "../support.ts";
import { alert, filter } from "./alert-fixture.ts";

const objective = (goal: number) => ({
  google_monitoring_custom_service: { api: { service_id: "api" } },
  google_monitoring_slo: {
    api: {
      service: "${google_monitoring_custom_service.api.service_id}",
      slo_id: "api-latency",
      goal,
      rolling_period_days: 30,
    },
  },
});
const NAME = "${google_monitoring_slo.api.name}";

const said = (rule: Rule, changes: object, others: object = {}): string[] =>
  check(rule, alert({ ...changes }, {}, { ...others })).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );

describe("burn rates", () => {
  const burn = (window: string, threshold_value: number) => ({
    filter: `select_slo_burn_rate("${NAME}", "${window}")`,
    threshold_value,
    aggregations: undefined,
    duration: "0s",
  });

  test("a total failure is the fastest there is", () => {
    expect(said(alertNever, burn("3600s", 14.4), objective(0.95))).toEqual([]);
    expect(said(alertNever, burn("3600s", 19.9), objective(0.95))).toEqual([]);
    expect(said(alertNever, burn("3600s", 14.4), objective(0.9))).toEqual([
      'error: the condition "errors" waits for a burn rate above 14.4, but at a goal of 0.9 a total failure burns 10 times (google_monitoring_slo.api): breaks at run time, it never fires.',
    ]);
  });

  test("an objective that is not here is not judged", () => {
    const other = {
      ...burn("3600s", 14.4),
      filter: 'select_slo_burn_rate("projects/p/services/x/serviceLevelObjectives/y", "1h")',
    };
    expect(said(alertNever, other)).toEqual([]);
  });

  test("one day back, and no further", () => {
    for (const window of ["300s", "86400s", "60m", "24h", "1d"])
      expect(said(alertTiming, burn(window, 1), objective(0.95))).toEqual([]);
    for (const window of ["86460s", "72h", "3d"])
      expect(said(alertTiming, burn(window, 1), objective(0.95))).toEqual([
        expect.stringMatching(
          /^error: the condition "errors" looks \d+ s back at a burn rate, above 86400 s: refused at apply\.$/,
        ),
      ]);
  });
});

test("with noeviction no key is ever evicted", () => {
  const evictions = {
    filter: filter("redis.googleapis.com/stats/evicted_keys", "redis_instance"),
    threshold_value: 0,
    aggregations: { alignment_period: "300s", per_series_aligner: "ALIGN_DELTA" },
  };
  const redis = (policy: string) => ({
    google_redis_instance: { cache: { name: "cache", redis_configs: { "maxmemory-policy": policy } } },
  });
  expect(said(alertNever, evictions, redis("allkeys-lru"))).toEqual([]);
  expect(said(alertNever, evictions, redis("noeviction"))).toEqual([
    'error: the condition "errors" waits for redis.googleapis.com/stats/evicted_keys above 0, but google_redis_instance.cache has maxmemory-policy noeviction: breaks at run time, it never fires.',
  ]);
});

describe("Cloud NAT", () => {
  const dropped = (more = "") =>
    filter("router.googleapis.com/nat/dropped_sent_packets_count", "nat_gateway", more);
  const nat = {
    google_compute_router_nat: { nat: { name: "acme-nat", router: "r", region: "europe-west1" } },
  };

  test("is watched by its name", () => {
    const named = (name: string) => ({ filter: dropped(` AND resource.labels.gateway_name="${name}"`) });
    expect(said(alertLabel, named("acme-nat"), nat)).toEqual([]);
    expect(said(alertLabel, named("acme-nta"), nat)).toEqual([
      expect.stringContaining(
        'watches gateway_name "acme-nta", which is not defined here; the nearest is google_compute_router_nat.nat',
      ),
    ]);
    expect(said(alertLabel, { filter: dropped(' AND resource.labels.nat_name="acme-nat"') }, nat)).toEqual([
      expect.stringContaining("asks for resource.labels.nat_name, but nat_gateway has"),
    ]);
  });

  test("reports on nat_gateway, and a failed allocation is true or false", () => {
    expect(said(alertFilter, { filter: dropped() })).toEqual([]);
    expect(
      said(alertFilter, { filter: filter("router.googleapis.com/nat/port_usage", "gce_router") }),
    ).toHaveLength(1);
    const failed = (per_series_aligner: string) => ({
      filter: filter("router.googleapis.com/nat/nat_allocation_failed", "nat_gateway"),
      aggregations: { alignment_period: "60s", per_series_aligner },
    });
    expect(said(alertAligner, failed("ALIGN_COUNT_TRUE"))).toEqual([]);
    expect(said(alertAligner, failed("ALIGN_RATE"))).toHaveLength(1);
  });
});

test("a backend of the load balancer is watched by its name", () => {
  const requests = (name: string) => ({
    filter: filter(
      "loadbalancing.googleapis.com/https/request_count",
      "https_lb_rule",
      ` AND resource.labels.backend_target_name="${name}"`,
    ),
  });
  const backend = { google_compute_backend_service: { api: { name: "edge-api" } } };
  expect(said(alertLabel, requests("edge-api"), backend)).toEqual([]);
  expect(said(alertLabel, requests("api"), backend)).toHaveLength(1);
});
