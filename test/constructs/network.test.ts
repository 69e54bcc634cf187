import { describe, expect, test } from "@jest/globals";
import { CloudNat } from "../../constructs/cloud-nat.ts";
import { dependOn } from "../../constructs/depend-on.ts";
import { DirectEgressSubnet } from "../../constructs/direct-egress-subnet.ts";
import { EgressFirewall } from "../../constructs/egress-firewall.ts";
import { PrivateServicesAccess } from "../../constructs/private-services-access.ts";
import { VpcAccessConnector } from "../../constructs/vpc-access-connector.ts";
import { VpcNetwork } from "../../constructs/vpc-network.ts";
import { cidr } from "../../platform/units.ts";
import { constructJson } from "../support/construct.ts";
import { resource, resources } from "../support/synthesized.ts";

const network = "projects/p/global/networks/n";
const region = "europe-west1";

test("VpcNetwork has no automatic subnets and keeps the default route", () => {
  const json = constructJson((stack) => new VpcNetwork(stack, "network", { name: "n" }));
  expect(resource(json, "google_compute_network")).toMatchObject({
    name: "n",
    auto_create_subnetworks: false,
    delete_default_routes_on_create: false,
  });
});

test("DirectEgressSubnet reaches Google APIs", () => {
  const json = constructJson(
    (stack) =>
      new DirectEgressSubnet(stack, "subnet", { name: "s", network, region, range: cidr("10.9.0.0/26") }),
  );
  expect(resource(json, "google_compute_subnetwork")).toMatchObject({
    name: "s",
    network,
    region,
    ip_cidr_range: "10.9.0.0/26",
    private_ip_google_access: true,
  });
});

describe("CloudNat", () => {
  const json = constructJson(
    (stack) =>
      new CloudNat(stack, "nat", { name: "nat", routerName: "router", network, region, addresses: 2 }),
  );

  test("has as many static addresses as asked for", () => {
    expect(resources(json, "google_compute_address").map(({ name }) => name)).toEqual(["nat-1", "nat-2"]);
    expect(resource(json, "google_compute_router_nat")).toMatchObject({
      nat_ip_allocate_option: "MANUAL_ONLY",
      nat_ips: [expect.stringMatching(/self_link/), expect.stringMatching(/self_link/)],
      source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    });
  });

  test("never combines dynamic ports with endpoint-independent mapping, which Google refuses", () => {
    expect(resource(json, "google_compute_router_nat")).toMatchObject({
      enable_dynamic_port_allocation: true,
      enable_endpoint_independent_mapping: false,
    });
  });
});

describe("PrivateServicesAccess", () => {
  test("splits the range into address and prefix length, and names it to the connection", () => {
    const json = constructJson(
      (stack) =>
        new PrivateServicesAccess(stack, "psa", { name: "psa", network, range: cidr("10.20.0.0/16") }),
    );
    expect(resource(json, "google_compute_global_address")).toMatchObject({
      address: "10.20.0.0",
      prefix_length: 16,
      purpose: "VPC_PEERING",
      address_type: "INTERNAL",
    });
    expect(resource(json, "google_service_networking_connection").reserved_peering_ranges).toEqual([
      expect.stringMatching(/^\$\{google_compute_global_address\..*\.name\}$/),
    ]);
  });

  test("fails on a range that is none", () => {
    expect(() =>
      constructJson(
        (stack) =>
          new PrivateServicesAccess(stack, "psa", { name: "psa", network, range: cidr("10.20.0.0") }),
      ),
    ).toThrow(
      '[other-team/psa] range "10.20.0.0"; rejected at plan: it must be an IPv4 range in CIDR form. Fix: Write for example 10.10.0.0/16.',
    );
  });
});

describe("EgressFirewall", () => {
  const allow = [{ name: "redis", protocol: "tcp" as const, ports: ["6378"], ranges: ["10.20.0.0/16"] }];

  test("denies all after what it allows", () => {
    const json = constructJson(
      (stack) => new EgressFirewall(stack, "firewall", { prefix: "n", network, allow }),
    );
    const rules = resources(json, "google_compute_firewall").map((rule) => [
      rule.name,
      rule.priority,
      rule.direction,
    ]);
    expect(rules.sort()).toEqual([
      ["n-egress-deny", 65000, "EGRESS"],
      ["n-egress-redis", 1000, "EGRESS"],
    ]);
  });

  test("admits what a connector needs, both ways", () => {
    const json = constructJson(
      (stack) => new EgressFirewall(stack, "firewall", { prefix: "n", network, allow, connector: true }),
    );
    const connector = resources(json, "google_compute_firewall").filter(
      (rule) => rule.target_tags !== undefined,
    );
    expect(connector.map(({ direction }) => direction).sort()).toEqual([
      "EGRESS",
      "EGRESS",
      "INGRESS",
      "INGRESS",
    ]);
    for (const rule of connector) expect(rule.target_tags).toEqual(["vpc-connector"]);
    expect(connector.flatMap((rule) => rule.source_ranges ?? [])).toEqual(
      expect.arrayContaining(["35.199.224.0/19", "35.191.0.0/16", "130.211.0.0/22"]),
    );
  });
});

test("VpcAccessConnector writes both ends of its scaling", () => {
  const json = constructJson(
    (stack) =>
      new VpcAccessConnector(stack, "connector", {
        name: "connector",
        network,
        region,
        range: cidr("10.8.0.0/28"),
        machineType: "e2-micro",
        minInstances: 2,
        maxInstances: 3,
      }),
  );
  expect(resource(json, "google_vpc_access_connector")).toMatchObject({
    ip_cidr_range: "10.8.0.0/28",
    min_instances: 2,
    max_instances: 3,
    machine_type: "e2-micro",
  });
});

test("dependOn makes every resource wait for every other, by plain address", () => {
  const json = constructJson((stack) => {
    const firewall = new EgressFirewall(stack, "firewall", { prefix: "n", network, allow: [] });
    dependOn(new VpcNetwork(stack, "network", { name: "n" }), firewall);
  });
  expect(resource(json, "google_compute_network").depends_on).toEqual([
    expect.stringMatching(/^google_compute_firewall\.firewall_Deny_\w+$/),
  ]);
});
