import { describe, expect, test } from "@jest/globals";
import { factsOf } from "../../../resources/facts/index.ts";
import { NEWEST_PROVIDER } from "../../../resources/versions.ts";

function redis() {
  const facts = factsOf("google_redis_instance");
  if (facts === undefined) throw new Error("google_redis_instance has no facts");
  return facts;
}

describe("facts of a resource type", () => {
  test("attributes with what the newest version says of them", () => {
    expect(redis().of("memory_size_gb").newest).toEqual({ type: "number", required: true });
    expect(redis().of("transit_encryption_mode").newest).toMatchObject({
      default: "DISABLED",
      immutable: true,
      enum: expect.arrayContaining(["DISABLED", "SERVER_AUTHENTICATION"]),
    });
    expect(redis().of("host").newest).toMatchObject({ computed: true });
    expect(redis().of("maintenance_policy.weekly_maintenance_window.start_time.hours").newest).toMatchObject({
      range: [0, 23],
    });
    expect(redis().names("persistence_config")).toContain("rdb_snapshot_period");
    expect(redis().of("memory_size").newest).toBeUndefined();
  });

  test("a type that moved to the plugin framework is in the versions after it as well, of both providers", () => {
    for (const provider of ["google", "google-beta"] as const)
      expect(factsOf("google_storage_notification", provider)?.of("").periods).toEqual([{ facts: {} }]);
  });

  test("a default that changed is there once for each version", () => {
    const scheme = factsOf("google_compute_backend_service")?.of("load_balancing_scheme").periods ?? [];
    expect(scheme.map(({ until, facts }) => [until, facts?.default])).toEqual(
      expect.arrayContaining([
        ["8.0.0", "EXTERNAL"],
        [undefined, "EXTERNAL_MANAGED"],
      ]),
    );
  });

  test("periods cover all versions: before an attribute was added, and after it was removed, there is nothing", () => {
    const [before, ...after] = redis().of("effective_labels").periods;
    expect(before).toEqual({ until: "5.0.0", facts: undefined });
    expect(after[0]).toMatchObject({ since: "5.0.0", facts: { computed: true } });
    const network = factsOf("google_alloydb_cluster")?.of("network").periods.at(-1);
    expect(network).toEqual({ since: "6.0.0", facts: undefined });
  });

  test("import formats give scope and collection", () => {
    expect(redis().importFormats[0]).toBe("projects/{{project}}/locations/{{region}}/instances/{{name}}");
    expect(redis().scope).toEqual(["project", "region"]);
    expect(redis().collection).toBe("instances");
    expect(factsOf("google_sql_database_instance")?.scope).toEqual(["project"]);
  });

  test("words of the API where the provider checks none", () => {
    expect(redis().api).toBe("redis.v1");
    expect(factsOf("google_sql_database_instance")?.apiWords("database_version")).toContain("POSTGRES_17");
    expect(redis().apiWords("name")).toBeUndefined();
  });

  test("google-beta adds what only it has", () => {
    const path = "default_custom_error_response_policy";
    expect(factsOf("google_vertex_ai_metadata_store")).toBeUndefined();
    expect(factsOf("google_vertex_ai_metadata_store", "google-beta")?.has("region")).toBe(true);
    expect(factsOf("google_compute_url_map", "google-beta")?.has(path)).toBe(true);
    expect(factsOf("google_redis_instance", "google-beta")?.of("memory_size_gb").newest).toEqual(
      redis().of("memory_size_gb").newest,
    );
  });

  test("what is no type, or the beginning of one, has no facts", () => {
    expect(factsOf("google_redis")).toBeUndefined();
    expect(factsOf("aws_instance")).toBeUndefined();
    expect(factsOf("toString")).toBeUndefined();
  });
});

test("no fact is newer than the newest version that the project knows", () => {
  const [major = 0] = NEWEST_PROVIDER.split(".").map(Number);
  for (const type of ["google_redis_instance", "google_container_cluster", "google_compute_instance"])
    for (const name of factsOf(type)?.names("") ?? [])
      for (const { since = "0" } of factsOf(type)?.of(name).periods ?? [])
        expect(Number(since.split(".")[0])).toBeLessThanOrEqual(major);
});
