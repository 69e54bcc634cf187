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

  test.each([
    ["us-centrall", "us-central1"],
    ["us_central1", "us-central1"],
    ["uscentral1", "us-central1"],
    ["europe-wset4", "europe-west4"],
    ["asia-southeast", "asia-southeast1"],
    ["projects/acme/regions/us-centrall", "us-central1"],
  ])("%s is no region, and %s is meant", (region, meant) => {
    const subnet = (provider: string, own: object) =>
      check(
        rule,
        { google_compute_subnetwork: { one: { name: "one", ...own } } },
        {
          provider: { google: { project: "acme-dev", region: provider } },
        },
      );
    expect(subnet("us-west1", { region })).toMatchObject(
      found(
        `region is "${region.split("/").at(-1)}"; rejected by the API: there is no such region.`,
        `Write region = "${meant}".`,
      ),
    );
    if (!region.includes("/"))
      expect(subnet(region, {})).toMatchObject(
        found(
          `region is "${region}" in its provider; rejected by the API: there is no such region.`,
          `Write region = "${meant}" in the provider block.`,
        ),
      );
  });

  test.each([
    ["google_sql_database_instance", "region", "EU", "europe-west1"],
    ["google_redis_instance", "region", "global", "europe-west1"],
    ["google_compute_subnetwork", "region", "US-CENTRAL1", "us-central1"],
    ["google_vpc_access_connector", "region", "europe west1", "europe-west1"],
    ["google_cloud_run_v2_service", "location", "eu", "europe-west1"],
    ["google_cloud_run_v2_job", "location", "Frankfurt", "europe-west1"],
  ])("%s is in one region, which %s %s is not", (type, attribute, value, example) => {
    const one = (written: string) => check(rule, { [type]: { one: { name: "one", [attribute]: written } } });
    expect(one(value)).toMatchObject(
      found(
        `${attribute} is "${value}"; rejected by the API: it must be a region.`,
        `Write a region, for example ${attribute} = "${example}".`,
      ),
    );
    // One that is new, and one of another cloud of Google's.
    for (const region of ["europe-west1", "moon-north1", "u-france-east1", "${var.region}", ""])
      expect(one(region)).toEqual([]);
  });

  test.each([
    ["google_artifact_registry_repository", "location", "eu"],
    ["google_kms_key_ring", "location", "global"],
    ["google_storage_bucket", "location", "EU"],
    ["google_bigquery_dataset", "location", "US"],
    ["google_dataproc_cluster", "region", "global"],
    ["google_data_catalog_taxonomy", "region", "eu"],
  ])("%s may be in more: its %s is %s", (type, attribute, value) => {
    expect(check(rule, { [type]: { one: { name: "one", [attribute]: value } } })).toEqual([]);
  });

  test("a misspelled zone is none", () => {
    expect(check(rule, { google_compute_instance: { one: { zone: "us-centrel1-b" } } })).toMatchObject(
      found(
        'zone is "us-centrel1-b"; rejected by the API: there is no such zone.',
        'Write zone = "us-central1-b".',
      ),
    );
  });

  const unknownRegions = ["europe-west13", "us-northeast1", "asia-southwest1", "u-germany-northeast1"];
  const elsewhere = ["us", "EU", "eur4", "nam-eur-asia1", "global", "US-CENTRAL1", "aws-us-east-1"];
  test.each([...unknownRegions, ...elsewhere])("%s may be new, or another place", (location) => {
    const types = ["google_storage_bucket", "google_bigquery_dataset"];
    for (const type of unknownRegions.includes(location) ? [...types, "google_cloud_run_v2_service"] : types)
      expect(check(rule, { [type]: { one: { name: "one", location } } })).toEqual([]);
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
