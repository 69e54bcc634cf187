import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const rule = ruleById("schema/region");
const found = (message: string, fix: string) => [{ severity: "error", message, fix }];

describe("schema/region", () => {
  test.each([
    ["google_compute_subnetwork", "region"],
    ["google_vpc_access_connector", "region"],
    ["google_sql_database_instance", "region"],
    ["google_cloud_run_v2_service", "location"],
    ["google_artifact_registry_repository", "location"],
  ])("%s takes no zone for its %s", (type, attribute) => {
    const one = (value: string) => check(rule, { [type]: { one: { name: "one", [attribute]: value } } });
    expect(one("us-west1")).toEqual([]);
    expect(one("us-west1-b")).toMatchObject(
      found(
        `${attribute} is "us-west1-b", a zone; rejected by the API: it must be a region.`,
        `Drop "-b": write ${attribute} = "us-west1".`,
      ),
    );
  });

  test("a cluster may be in a zone, and an instance is in one", () => {
    expect(check(rule, { google_container_cluster: { one: { location: "us-west1-b" } } })).toEqual([]);
    const vm = (zone: string) => check(rule, { google_compute_instance: { one: { zone } } });
    expect(vm("us-west1-b")).toEqual([]);
    expect(vm("us-west1")).toMatchObject(
      found(
        'zone is "us-west1", a region; rejected by the API: it must be a zone.',
        'Add the letter of the zone, for example zone = "us-west1-b".',
      ),
    );
  });

  test("a zone as region of the provider is reported once, for what takes its region from there", () => {
    const provider = { google: { project: "acme-dev", region: "us-west1-b" } };
    const redis = { memory_size_gb: 1 };
    const network = { google_compute_network: { main: { name: "main" } } };
    expect(check(rule, network, { provider })).toEqual([]);
    expect(
      check(rule, { google_redis_instance: { a: { ...redis, region: "us-west1" } } }, { provider }),
    ).toEqual([]);
    expect(check(rule, { google_redis_instance: { a: redis, b: redis } }, { provider })).toMatchObject(
      found(
        'region is "us-west1-b" in its provider, a zone; rejected by the API: it must be a region.',
        'Drop "-b": write region = "us-west1" in the provider block; the zone goes into zone.',
      ),
    );
  });
});
