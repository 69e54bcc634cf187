import { describe, expect, test } from "@jest/globals";
import { sharedVpc } from "../../../rules/reachability/shared-vpc.ts";
import { check, type Resources } from "../support.ts";

const HOST = "projects/acme-host/global/networks/shared";
const OWN = "projects/acme-dev/global/networks/own";

const messages = (resources: Resources) => check(sharedVpc, resources).map(({ message }) => message);
const redis = (settings: object) =>
  messages({ google_redis_instance: { cache: { name: "cache", region: "europe-west1", ...settings } } });

describe("reachability/shared-vpc", () => {
  test("Redis with direct peering is in the project of its network", () => {
    const message =
      'authorized_network is of the project "acme-host", but the project here is "acme-dev"; rejected by the API: with DIRECT_PEERING (the default) the network must be of the same project.';
    expect(redis({ authorized_network: HOST })).toEqual([message]);
    expect(redis({ authorized_network: HOST, connect_mode: "DIRECT_PEERING" })).toEqual([message]);
    expect(redis({ authorized_network: `https://www.googleapis.com/compute/v1/${HOST}` })).toEqual([message]);
  });

  test("private services access works across projects, and names of the own project hold", () => {
    expect(redis({ authorized_network: HOST, connect_mode: "PRIVATE_SERVICE_ACCESS" })).toEqual([]);
    expect(redis({ authorized_network: HOST, connect_mode: "${var.mode}" })).toEqual([]);
    expect(redis({ authorized_network: OWN })).toEqual([]);
    expect(redis({ authorized_network: "own" })).toEqual([]);
    expect(redis({})).toEqual([]);
    expect(redis({ authorized_network: "projects/123456/global/networks/own" })).toEqual([]);
    expect(redis({ authorized_network: HOST, project: "${var.project}" })).toEqual([]);
  });

  test("a referenced network has the project of its resource", () => {
    const two = (project: string) =>
      messages({
        google_compute_network: { shared: { name: "shared", project } },
        google_redis_instance: {
          cache: { name: "cache", authorized_network: "${google_compute_network.shared.id}" },
        },
      });
    expect(two("acme-host")).toHaveLength(1);
    expect(two("acme-dev")).toEqual([]);
  });

  test("a connector enters a host project's network by a subnet", () => {
    const connector = (settings: object) =>
      messages({ google_vpc_access_connector: { main: { name: "main", ...settings } } });
    expect(connector({ network: HOST, ip_cidr_range: "10.8.0.0/28" })).toEqual([
      'network is of the project "acme-host", but the project here is "acme-dev"; rejected by the API: a connector enters a network of another project only by a subnet of it.',
    ]);
    expect(connector({ subnet: { name: "connector", project_id: "acme-host" } })).toEqual([]);
    expect(connector({ network: HOST, project: "acme-host", ip_cidr_range: "10.8.0.0/28" })).toEqual([]);
  });

  test.each([
    "google_compute_firewall",
    "google_compute_route",
    "google_compute_router",
    "google_compute_subnetwork",
    "google_compute_ha_vpn_gateway",
  ])("%s is in the project of its network", (type) => {
    const of = (settings: object) => messages({ [type]: { one: { name: "one", ...settings } } });
    expect(of({ network: HOST })).toEqual([
      'network is of the project "acme-host", but the project here is "acme-dev"; rejected by the API: cross-project references to the network are not allowed here.',
    ]);
    expect(of({ network: HOST, project: "acme-host" })).toEqual([]);
    expect(of({ network: OWN })).toEqual([]);
  });

  test("only an address that is reserved for peering belongs to its network's project", () => {
    const address = (purpose: string) =>
      messages({ google_compute_global_address: { range: { name: "range", network: HOST, purpose } } });
    expect(address("VPC_PEERING")).toHaveLength(1);
    expect(address("PRIVATE_SERVICE_CONNECT")).toEqual([]);
  });
});
