import { describe, expect, test } from "@jest/globals";
import { unknownAttribute } from "../../../rules/schema/unknown-attribute.ts";
import { unknownType } from "../../../rules/schema/unknown-type.ts";
import { redis, reported } from "./support.ts";

const REDIS = "google_redis_instance";

describe("schema/unknown-attribute", () => {
  const attributes = (body: unknown, options = {}) =>
    reported(unknownAttribute, REDIS, { ...redis, ...(body as object) }, options);

  test("attributes and blocks that the provider knows pass, arguments of every resource included", () => {
    expect(
      attributes({
        "//": { metadata: { path: "stack/cache" } },
        depends_on: ["google_compute_network.main"],
        for_each: { a: 1 },
        lifecycle: { prevent_destroy: true },
        timeouts: { create: "30m" },
        maintenance_policy: [{ weekly_maintenance_window: { day: "MONDAY", start_time: [{ hours: 3 }] } }],
        dynamic: { persistence_config: { for_each: [1], content: { persistence_mode: "RDB" } } },
        redis_configs: { "maxmemory-gb": "0.8" },
      }),
    ).toEqual([]);
  });

  test("a misspelled one is an error with the name that is meant", () => {
    expect(attributes({ redis_versoin: "REDIS_7_2" })).toEqual([
      "error: redis_versoin is set in google_redis_instance; rejected at plan: the google provider has no such attribute or block up to 8.0.0. Write redis_version.",
    ]);
    expect(attributes({ maintenance_policy: { weeklyMaintenanceWindow: { day: "MONDAY" } } })).toEqual([
      "error: weeklyMaintenanceWindow is set in maintenance_policy of google_redis_instance; rejected at plan: the google provider has no such attribute or block up to 8.0.0. Write weekly_maintenance_window.",
    ]);
  });

  test("in a dynamic block, too", () => {
    expect(
      attributes({ dynamic: { persistence_config: { for_each: [1], content: { persistence_mod: "RDB" } } } }),
    ).toEqual([
      expect.stringContaining(
        "persistence_mod is set in persistence_config of google_redis_instance; rejected at plan",
      ),
    ]);
  });

  test("another name is a warning where a newer provider may have it, and an error where none is allowed", () => {
    const message =
      "sharding is set in google_redis_instance; rejected at plan: the google provider has no such attribute or block up to 8.0.0.";
    for (const options of [{}, { version: ">= 6.0" }, { version: "~> 8.0" }])
      expect(attributes({ sharding: true }, options)).toEqual([
        expect.stringContaining(`warning: ${message}`),
      ]);
    for (const version of ["~> 6.0", "8.0.0", ">= 5, < 8"])
      expect(attributes({ sharding: true }, { version })).toEqual([
        expect.stringContaining(`error: ${message}`),
      ]);
  });

  test("one that some versions have is an error where none of them is allowed, and a warning where some are", () => {
    const added = { deletion_protection: true };
    expect(attributes(added)).toEqual([]);
    expect(attributes(added, { version: ">= 7.8" })).toEqual([]);
    expect(attributes(added, { version: "~> 6.0" })).toEqual([
      "error: deletion_protection is set in google_redis_instance; rejected at plan: the google provider has it from 7.8.0 on, and the input allows from 6.0.0 until 7.0.0. Remove it, or require a version of the provider that has it.",
    ]);
    expect(attributes(added, { version: "~> 7.0" })).toEqual([
      "warning: deletion_protection is set in google_redis_instance; rejected at plan with google from 7.0.0 until 7.8.0: the google provider has it from 7.8.0 on, and the input allows from 7.0.0 until 8.0.0. Remove it, or require a version of the provider that has it.",
    ]);
  });

  test("one that was removed is an error where no recent version has it", () => {
    const cluster = { cluster_id: "main", location: "europe-west1", network: "default" };
    expect(reported(unknownAttribute, "google_alloydb_cluster", cluster)).toEqual([
      expect.stringContaining(
        "error: network is set in google_alloydb_cluster; rejected at plan: the google provider has it from 4.53.0 until 6.0.0, and the input allows 8.0.0.",
      ),
    ]);
    expect(reported(unknownAttribute, "google_alloydb_cluster", cluster, { version: "~> 5.0" })).toEqual([]);
    expect(reported(unknownAttribute, "google_alloydb_cluster", cluster, { version: ">= 6.0" })).toEqual([
      expect.stringContaining("error: network"),
    ]);
  });

  test("what only google-beta has passes there, and is named elsewhere", () => {
    const service = { name: "api", location: "europe-west1", template: { service_mesh: "mesh" } };
    const type = "google_cloud_run_v2_service";
    expect(reported(unknownAttribute, type, service, { provider: "google-beta" })).toEqual([]);
    expect(reported(unknownAttribute, type, service, { version: "~> 6.0" })).toEqual([
      "error: service_mesh is set in template of google_cloud_run_v2_service; rejected at plan: only the google-beta provider has it, the google provider does not up to 8.0.0. Set provider = google-beta.",
    ]);
  });
});

describe("schema/unknown-type", () => {
  test("types of the provider's version pass, and types of other providers are not its own", () => {
    expect(reported(unknownType, REDIS, redis)).toEqual([]);
    expect(reported(unknownType, "aws_instance", {})).toEqual([]);
  });

  test("one that no version has", () => {
    expect(reported(unknownType, "google_redis_instanze", redis, { version: "~> 6.0" })).toEqual([
      "error: The type is google_redis_instanze; rejected at plan: the google provider has no such resource type up to 8.0.0. Correct the name of the type.",
    ]);
    expect(reported(unknownType, "google_redis_instanze", redis)).toEqual([
      expect.stringMatching(/^warning: /),
    ]);
  });

  test("one that other versions have, and one that only google-beta has", () => {
    expect(reported(unknownType, "google_notebooks_runtime", {}, { version: ">= 8.0" })).toEqual([
      "error: The type is google_notebooks_runtime; rejected at plan: the google provider has it from 4.3.0 until 8.0.0, and the input allows from 8.0.0 on. Require a version of the provider that has it, or use the type that took its place.",
    ]);
    expect(reported(unknownType, "google_notebooks_runtime", {}, { version: "~> 7.0" })).toEqual([]);
    const beta = "google_vertex_ai_metadata_store";
    expect(reported(unknownType, beta, {}, { provider: "google-beta" })).toEqual([]);
    expect(reported(unknownType, beta, {}, { version: "~> 7.0" })).toEqual([
      expect.stringContaining(
        `error: The type is ${beta}; rejected at plan: only the google-beta provider has it`,
      ),
    ]);
  });
});
