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

/** The kind: a way to the service from the internet that its ingress does not let in. */
test("edge/ingress: a domain mapping needs ingress that is open to all", () => {
  const said = (ingress: string | undefined) =>
    check(ingressRule, {
      google_cloud_run_v2_service: { shop: { name: "shop", location: "europe-west1", ingress } },
      google_cloud_run_domain_mapping: {
        shop: {
          name: "shop.example.com",
          location: "europe-west1",
          spec: { route_name: "${google_cloud_run_v2_service.shop.name}" },
        },
      },
    }).map(({ message }) => message);
  expect(said("INGRESS_TRAFFIC_ALL")).toEqual([]);
  expect(said("${var.ingress}")).toEqual([]);
  expect(said("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER")).toEqual([
    "ingress is internal and from load balancers only, and google_cloud_run_domain_mapping.shop maps a domain to it without a load balancer; fails at run time: every request gets 404.",
  ]);
  expect(said("INGRESS_TRAFFIC_INTERNAL_ONLY")).toHaveLength(1);
});
