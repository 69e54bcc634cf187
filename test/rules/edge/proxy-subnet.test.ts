import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { ref } from "./edge-fixture.ts";

const proxySubnet = ruleById("edge/proxy-subnet");

describe("edge/proxy-subnet", () => {
  const reported = (...subnets: object[]) =>
    check(proxySubnet, {
      google_compute_network: { main: { name: "main", auto_create_subnetworks: false } },
      google_compute_subnetwork: Object.fromEntries(
        subnets.map((subnet, index) => [
          `s${index}`,
          {
            name: `s${index}`,
            region: "europe-west1",
            network: ref("google_compute_network.main.id"),
            ...subnet,
          },
        ]),
      ),
      google_compute_region_url_map: { web: { name: "web" } },
      google_compute_region_target_http_proxy: {
        web: { name: "web", url_map: ref("google_compute_region_url_map.web.id") },
      },
      google_compute_forwarding_rule: {
        web: {
          name: "web",
          region: "europe-west1",
          load_balancing_scheme: "INTERNAL_MANAGED",
          target: ref("google_compute_region_target_http_proxy.web.id"),
          network: ref("google_compute_network.main.id"),
        },
      },
    });

  test("a proxy-only subnet in the region passes", () => {
    expect(reported({}, { purpose: "REGIONAL_MANAGED_PROXY", role: "ACTIVE" })).toEqual([]);
  });

  test("none, or one elsewhere, is rejected", () => {
    expect(reported({})).toMatchObject([
      {
        severity: "error",
        address: "google_compute_forwarding_rule.web",
        message:
          "google_compute_network.main has no proxy-only subnet in europe-west1; rejected by the API: the proxies of a rule of scheme INTERNAL_MANAGED take their addresses from one.",
      },
    ]);
    expect(reported({}, { purpose: "REGIONAL_MANAGED_PROXY", region: "us-central1" })).toHaveLength(1);
  });

  test("where no subnet is defined here, or one is unclear, nothing is reported", () => {
    expect(reported()).toEqual([]);
    expect(reported({}, { network: ref("var.network") })).toEqual([]);
    expect(reported({ purpose: ref("var.purpose") })).toEqual([]);
  });
});

test("an internal load balancer across regions has proxies in the region of each rule", () => {
  const said = (purpose: string, region = "us-east1") =>
    check(proxySubnet, {
      google_compute_network: { main: { name: "main", auto_create_subnetworks: false } },
      google_compute_subnetwork: {
        vip: { name: "vip", region: "us-east1", network: ref("google_compute_network.main.id") },
        proxies: { name: "proxies", region, purpose, network: ref("google_compute_network.main.id") },
      },
      google_compute_url_map: { web: { name: "web" } },
      google_compute_target_http_proxy: {
        web: { name: "web", url_map: ref("google_compute_url_map.web.id") },
      },
      google_compute_global_forwarding_rule: {
        web: {
          name: "web",
          load_balancing_scheme: "INTERNAL_MANAGED",
          target: ref("google_compute_target_http_proxy.web.id"),
          network: ref("google_compute_network.main.id"),
          subnetwork: ref("google_compute_subnetwork.vip.id"),
        },
      },
    }).map(({ message }) => message);
  expect(said("GLOBAL_MANAGED_PROXY")).toEqual([]);
  expect(said("REGIONAL_MANAGED_PROXY")).toEqual([
    "google_compute_network.main has no subnet of purpose GLOBAL_MANAGED_PROXY in us-east1; rejected by the API: the proxies of a rule of scheme INTERNAL_MANAGED take their addresses from one.",
  ]);
  expect(said("GLOBAL_MANAGED_PROXY", "us-west1")).toHaveLength(1);
});
