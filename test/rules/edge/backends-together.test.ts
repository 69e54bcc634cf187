import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const backendsTogether = ruleById("edge/backends-together");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/backends-together", () => {
  test("an instance group stands next to no serverless NEG", () => {
    expect(
      errors(
        backendsTogether,
        {
          backendService: {
            backend: [
              { group: ref("google_compute_region_network_endpoint_group.api.id") },
              { group: ref("google_compute_instance_group.vm.id") },
            ],
          },
        },
        { google_compute_instance_group: { vm: { name: "vm", zone: "europe-west1-b" } } },
      ),
    ).toHaveLength(1);
  });

  const neg = (region: string) => ({ name: `neg-${region}`, region, cloud_run: { service: "api" } });
  const reported = (second: unknown, other: object = {}) =>
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

  test("one per region passes", () => {
    expect(reported(ref("google_compute_region_network_endpoint_group.us.id"))).toEqual([]);
  });

  test("two of one region are rejected", () => {
    expect(reported(ref("google_compute_region_network_endpoint_group.twin.id"))).toMatchObject([
      {
        severity: "error",
        address: "google_compute_backend_service.api",
        message:
          "backends are google_compute_region_network_endpoint_group.api and google_compute_region_network_endpoint_group.twin, both serverless NEGs in europe-west1; rejected by the API: a backend service takes one per region.",
      },
    ]);
  });

  test("another kind next to it is rejected", () => {
    const zonal = { google_compute_network_endpoint_group: { vms: { name: "vms", zone: "europe-west1-b" } } };
    expect(reported(ref("google_compute_network_endpoint_group.vms.id"), zonal)).toMatchObject([
      { severity: "error" },
    ]);
    expect(reported("projects/p/zones/z/instanceGroups/g")).toMatchObject([{ severity: "error" }]);
  });
});
