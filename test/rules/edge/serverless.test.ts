import { describe, expect, test } from "@jest/globals";
import { backendsTogether } from "../../../rules/edge/backends-together.ts";
import { negService } from "../../../rules/edge/neg-service.ts";
import { serverlessSettings } from "../../../rules/edge/serverless-settings.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

describe("edge/serverless-settings", () => {
  const said = (backendService: object, backend: object = {}) =>
    check(serverlessSettings, edge({ backendService: { ...backendService }, backend: { ...backend } }));

  test("the default timeout of 30 s passes, any other is refused", () => {
    expect(said({ timeout_sec: 30 })).toEqual([]);
    expect(said({ timeout_sec: 31 })).toEqual([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message:
          "timeout_sec is 31 s, but the backend google_compute_region_network_endpoint_group.api is a serverless NEG: refused at apply, its requests end with the Cloud Run timeout.",
        fix: "Remove timeout_sec and set the request timeout of the Cloud Run service.",
      },
    ]);
  });

  test("health checks are refused, an empty list is none", () => {
    expect(said({ health_checks: [] })).toEqual([]);
    expect(said({ health_checks: [ref("google_compute_health_check.api.id")] })).toMatchObject([
      { severity: "error", address: "google_compute_backend_service.api" },
    ]);
  });

  test("a port name is refused, unless a state reads back what Google filled in", () => {
    expect(said({ port_name: "https" })).toMatchObject([
      {
        severity: "error",
        message:
          'port_name is "https", but the backend google_compute_region_network_endpoint_group.api is a serverless NEG: refused at apply.',
      },
    ]);
    expect(said({ port_name: "http" })).toMatchObject([{ severity: "error" }]);
    expect(said({ port_name: "http", fingerprint: "abc" })).toEqual([]);
  });

  test("balancing by rate is refused, the default mode and what a state reads back are not", () => {
    expect(said({}, { balancing_mode: "UTILIZATION", max_rate: 0, capacity_scaler: 1 })).toEqual([]);
    expect(
      said({}, { balancing_mode: "RATE", max_rate_per_endpoint: 100 }).map(({ message }) => message),
    ).toEqual([
      "balancing_mode is RATE, but google_compute_region_network_endpoint_group.api is a serverless NEG: refused at apply, it is not balanced by rate or connections.",
      "max_rate_per_endpoint is 100, but google_compute_region_network_endpoint_group.api is a serverless NEG: refused at apply.",
    ]);
  });

  test("session affinity is advice", () => {
    expect(said({ session_affinity: "NONE" })).toEqual([]);
    expect(said({ session_affinity: "CLIENT_IP" })).toMatchObject([{ severity: "warning" }]);
  });

  test("an endpoint group of virtual machines takes all of it", () => {
    const resources = {
      google_compute_network_endpoint_group: { vms: { name: "vms", zone: "europe-west1-b" } },
      google_compute_backend_service: {
        vms: {
          name: "vms",
          timeout_sec: 600,
          health_checks: ["hc"],
          backend: { group: ref("google_compute_network_endpoint_group.vms.id"), balancing_mode: "RATE" },
        },
      },
    };
    expect(check(serverlessSettings, resources)).toEqual([]);
  });

  test("a group that is not known is not judged", () => {
    expect(
      check(
        serverlessSettings,
        edge({ backend: { group: ref("var.group") }, backendService: { timeout_sec: 60 } }),
      ),
    ).toEqual([]);
  });
});

describe("edge/backends-together", () => {
  const neg = (region: string) => ({ name: `neg-${region}`, region, cloud_run: { service: "api" } });
  const said = (second: unknown, other: object = {}) =>
    check(
      backendsTogether,
      edge(
        {
          backendService: {
            backend: [
              { group: ref("google_compute_region_network_endpoint_group.api.id") },
              { group: second },
            ],
          },
        },
        {
          google_compute_region_network_endpoint_group: { us: neg("us-central1"), twin: neg("europe-west1") },
          ...other,
        },
      ),
    );

  test("one per region holds", () => {
    expect(said(ref("google_compute_region_network_endpoint_group.us.id"))).toEqual([]);
  });

  test("two of one region are refused", () => {
    expect(said(ref("google_compute_region_network_endpoint_group.twin.id"))).toMatchObject([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message:
          "google_compute_region_network_endpoint_group.api and google_compute_region_network_endpoint_group.twin are both serverless NEGs of europe-west1: refused at apply, a backend service takes one per region.",
      },
    ]);
  });

  test("another kind beside it is refused", () => {
    const zonal = { google_compute_network_endpoint_group: { vms: { name: "vms", zone: "europe-west1-b" } } };
    expect(said(ref("google_compute_network_endpoint_group.vms.id"), zonal)).toMatchObject([
      { severity: "error" },
    ]);
    expect(said("projects/p/zones/z/instanceGroups/g")).toMatchObject([{ severity: "error" }]);
  });
});

describe("edge/neg-service", () => {
  const said = (neg: object, service: object = {}) =>
    check(negService, edge({ neg: { ...neg }, service: { ...service } }));

  test("the same region and project hold", () => {
    expect(said({})).toEqual([]);
    expect(said({ cloud_run: { service: "api" } })).toEqual([]);
  });

  test("another region breaks", () => {
    expect(said({ region: "us-central1" })).toEqual([
      {
        severity: "error",
        address: "google_compute_region_network_endpoint_group.api",
        message:
          "the NEG is in us-central1, but google_cloud_run_v2_service.api runs in europe-west1: breaks at run time, the NEG finds no such service in its own region.",
        fix: "Set region to europe-west1.",
      },
    ]);
  });

  test("another project breaks", () => {
    expect(said({ project: "acme-edge" })).toHaveLength(1);
  });

  test("a service that does not exist breaks, the nearest is named", () => {
    expect(said({ cloud_run: { service: "apis" } })).toMatchObject([
      {
        message:
          'cloud_run names the service "apis", which is not defined here; the nearest is google_cloud_run_v2_service.api: breaks at run time, every request gets 404.',
      },
    ]);
  });

  test("cloud_run in a group of another type is refused, and so is a serverless group of nothing", () => {
    expect(said({ network_endpoint_type: "INTERNET_FQDN_PORT" })).toMatchObject([{ severity: "error" }]);
    expect(said({ cloud_run: null })).toMatchObject([{ severity: "error" }]);
  });

  test("an unknown service name is not judged", () => {
    expect(said({ cloud_run: { service: ref("var.service") } })).toEqual([]);
  });
});
