import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const serverlessSettings = ruleById("edge/serverless-settings");

describe("edge/serverless-settings", () => {
  const reported = (backendService: object, backend: object = {}) =>
    check(serverlessSettings, edge({ backendService: { ...backendService }, backend: { ...backend } }));

  test("the default timeout of 30 s passes, any other is rejected", () => {
    expect(reported({ timeout_sec: 30 })).toEqual([]);
    expect(reported({ timeout_sec: 31 })).toEqual([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message:
          "timeout_sec is 31; rejected by the API: requests to a serverless NEG (google_compute_region_network_endpoint_group.api) end with the timeout of its Cloud Run service.",
        fix: "Remove timeout_sec and set the request timeout of the Cloud Run service.",
      },
    ]);
  });

  test("health checks are rejected, an empty list is none", () => {
    expect(reported({ health_checks: [] })).toEqual([]);
    expect(reported({ health_checks: [ref("google_compute_health_check.api.id")] })).toMatchObject([
      { severity: "error", address: "google_compute_backend_service.api" },
    ]);
  });

  test("a port name is rejected, unless a state reads back what Google filled in", () => {
    expect(reported({ port_name: "https" })).toMatchObject([
      {
        severity: "error",
        message:
          'port_name is "https"; rejected by the API: a serverless NEG (google_compute_region_network_endpoint_group.api) has no port name.',
      },
    ]);
    expect(reported({ port_name: "http" })).toEqual([]);
  });

  test("balancing by rate is rejected, the default mode and what a state reads back are not", () => {
    expect(reported({}, { balancing_mode: "UTILIZATION", max_rate: 0, capacity_scaler: 1 })).toEqual([]);
    expect(
      reported({}, { balancing_mode: "RATE", max_rate_per_endpoint: 100 }).map(({ message }) => message),
    ).toEqual([
      "balancing_mode is RATE; rejected by the API: a serverless NEG (google_compute_region_network_endpoint_group.api) is not balanced by rate or connections.",
      "max_rate_per_endpoint is 100; rejected by the API: a serverless NEG (google_compute_region_network_endpoint_group.api) is not balanced by rate or connections.",
    ]);
  });

  test("session affinity is a warning", () => {
    expect(reported({ session_affinity: "NONE" })).toEqual([]);
    expect(reported({ session_affinity: "CLIENT_IP" })).toMatchObject([{ severity: "warning" }]);
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

  test("a group that is not known is not reported", () => {
    expect(
      check(
        serverlessSettings,
        edge({ backend: { group: ref("var.group") }, backendService: { timeout_sec: 60 } }),
      ),
    ).toEqual([]);
  });
});
