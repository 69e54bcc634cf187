import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { knativeService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";
import { edge, ref } from "./edge-fixture.ts";

const ingressRule = ruleById("edge/ingress");

describe("edge/ingress", () => {
  const reported = (body: object, rest: object = {}) =>
    check(ingressRule, edge({ service: { ...body }, ...rest }));

  test("ingress for the load balancer passes", () => {
    expect(reported({})).toEqual([]);
  });

  test("internal only behind an external load balancer fails", () => {
    expect(reported({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" })).toMatchObject([
      {
        severity: "error",
        address: "google_cloud_run_v2_service.api",
        message:
          "ingress is internal only and google_compute_backend_service.api serves it through google_compute_region_network_endpoint_group.api to the internet; fails at run time: every request gets 404.",
      },
    ]);
  });

  test("open to all is a warning, behind an internal load balancer nothing is reported", () => {
    expect(reported({ ingress: "INGRESS_TRAFFIC_ALL" })).toMatchObject([{ severity: "warning" }]);
    const internal = { backendService: { load_balancing_scheme: "INTERNAL_MANAGED" } };
    expect(reported({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" }, internal)).toEqual([]);
    expect(reported({ ingress: ref("var.ingress") })).toEqual([]);
  });

  test("the first generation says it in an annotation", () => {
    const body = {
      ...knativeService(),
      metadata: { annotations: { "run.googleapis.com/ingress": "internal" } },
    };
    const resources = edge(
      { neg: { cloud_run: { service: ref("google_cloud_run_service.old.name") } } },
      { google_cloud_run_service: { old: { ...body, name: "old" } } },
    );
    expect(check(ingressRule, resources)).toMatchObject([
      { severity: "error", address: "google_cloud_run_service.old" },
    ]);
  });
});
