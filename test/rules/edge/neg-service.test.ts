import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const negService = ruleById("edge/neg-service");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/neg-service by count", () => {
  test("services of one name in several regions each have their NEG", () => {
    const run = (location: string) => ({ name: "api", location, template: {} });
    const neg = (region: string) => ({ name: "neg", region, cloud_run: { service: "api" } });
    const resources = {
      google_cloud_run_v2_service: { eu: run("europe-west1"), us: run("us-central1") },
      google_compute_region_network_endpoint_group: { eu: neg("europe-west1"), us: neg("us-central1") },
    };
    expect(check(negService, resources)).toEqual([]);
  });

  test("a NEG in a region that none of the services of its name is in serves none of them", () => {
    const run = (location?: string) => ({ name: "api", location, template: {} });
    const found = (...services: (string | undefined)[]) =>
      check(negService, {
        google_cloud_run_v2_service: Object.fromEntries(services.map((one, at) => [`s${at}`, run(one)])),
        google_compute_region_network_endpoint_group: {
          asia: {
            name: "neg",
            region: "asia-east1",
            network_endpoint_type: "SERVERLESS",
            cloud_run: { service: "api" },
          },
        },
      }).map(({ message }) => message);
    expect(found("europe-west1", "us-central1")).toEqual([
      'region is asia-east1 and the services named "api" are in europe-west1 and us-central1; fails at run time: the NEG finds no such service in its own region.',
    ]);
    expect(found("europe-west1", "asia-east1")).toEqual([]);
    expect(found("europe-west1", "${var.region}")).toEqual([]);
  });
});

describe("edge/neg-service", () => {
  test("a NEG takes the bare name of its service", () => {
    const service = (attribute: string) => ({
      neg: { cloud_run: { service: ref(`google_cloud_run_v2_service.api.${attribute}`) } },
    });
    expect(errors(negService, service("name"))).toEqual([]);
    expect(errors(negService, service("id"))).toEqual([
      "google_compute_region_network_endpoint_group.api: cloud_run.service is the id of google_cloud_run_v2_service.api; rejected by the API: it must be the name of the service.",
    ]);
  });

  const reported = (neg: object, service: object = {}) =>
    check(negService, edge({ neg: { ...neg }, service: { ...service } }));

  test("the same region and project pass", () => {
    expect(reported({})).toEqual([]);
    expect(reported({ cloud_run: { service: "api" } })).toEqual([]);
  });

  test("another region fails", () => {
    expect(reported({ region: "us-central1" })).toEqual([
      {
        severity: "error",
        address: "google_compute_region_network_endpoint_group.api",
        message:
          "region is us-central1 and google_cloud_run_v2_service.api is in europe-west1; fails at run time: the NEG finds no such service in its own region.",
        fix: 'Set region = "europe-west1".',
      },
    ]);
  });

  test("another project fails", () => {
    expect(reported({ project: "acme-edge" })).toHaveLength(1);
  });

  test("a service that does not exist fails, the nearest is named", () => {
    expect(reported({ cloud_run: { service: "apis" } })).toMatchObject([
      {
        message:
          'cloud_run.service is "apis", which is not defined; the nearest is google_cloud_run_v2_service.api ("api"); fails at run time: every request gets 404.',
      },
    ]);
  });

  test("cloud_run in a group of another type is rejected, and so is a serverless group of nothing", () => {
    expect(reported({ network_endpoint_type: "INTERNET_FQDN_PORT" })).toMatchObject([{ severity: "error" }]);
    expect(reported({ cloud_run: null })).toMatchObject([{ severity: "error" }]);
  });

  test("an unknown service name is not reported", () => {
    expect(reported({ cloud_run: { service: ref("var.service") } })).toEqual([]);
  });
});

/** The kind: what takes no requests in the place of a service. */
test("edge/neg-service: a NEG leads to no worker pool and no job", () => {
  const said = (kind: string, service: string) =>
    check(negService, {
      [`google_cloud_run_v2_${kind}`]: { work: { name: "work", location: "europe-west1" } },
      google_compute_region_network_endpoint_group: {
        web: {
          name: "web",
          region: "europe-west1",
          network_endpoint_type: "SERVERLESS",
          cloud_run: [{ service }],
        },
      },
    }).map(({ message }) => message);
  for (const kind of ["worker_pool", "job"])
    for (const attribute of ["name", "id"])
      expect(said(kind, `\${google_cloud_run_v2_${kind}.work.${attribute}}`)).toEqual([
        `cloud_run.service is google_cloud_run_v2_${kind}.work; fails at run time: only services take requests.`,
      ]);
  expect(said("service", "${google_cloud_run_v2_service.work.name}")).toEqual([]);
});
