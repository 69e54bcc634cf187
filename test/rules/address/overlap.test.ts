import { describe, expect, test } from "@jest/globals";
import { overlap } from "../../../rules/address/overlap.ts";
import { peeredOverlap } from "../../../rules/address/peered-overlap.ts";
import { route } from "../../../rules/address/route.ts";
import { withinSubnet } from "../../../rules/address/within-subnet.ts";
import { check, type Resources } from "../support.ts";
import { allocated, connector, inNetwork, subnet } from "./network-fixture.ts";

const overlaps = (resources: Resources) => check(overlap, inNetwork(resources));

describe("address/overlap", () => {
  test("disjoint ranges hold, those that touch included", () => {
    expect(
      overlaps({
        google_compute_subnetwork: { app: subnet("10.1.0.0/28"), next: subnet("10.1.0.16/28") },
        google_vpc_access_connector: { main: connector("10.1.0.32/28") },
      }),
    ).toEqual([]);
  });

  test("a connector within a subnet is the one to move", () => {
    expect(
      overlaps({
        google_compute_subnetwork: { app: subnet("10.1.0.0/20") },
        google_vpc_access_connector: { main: connector("10.1.0.0/28") },
      }),
    ).toEqual([
      {
        severity: "error",
        address: "google_vpc_access_connector.main",
        message:
          "the range 10.1.0.0/28 overlaps 10.1.0.0/20, the range of google_compute_subnetwork.app in the same network; rejected by the API: ranges of one VPC network must be disjoint.",
        fix: "Choose a range outside 10.1.0.0/20.",
      },
    ]);
  });

  test("of two subnets either may move", () => {
    expect(
      overlaps({
        google_compute_subnetwork: { app: subnet("10.1.0.0/24"), next: subnet("10.1.0.128/25") },
      }).map(({ address }) => address),
    ).toEqual(["google_compute_subnetwork.app", "google_compute_subnetwork.next"]);
  });

  test("secondary ranges, private services ranges and Redis count too", () => {
    const found = overlaps({
      google_compute_subnetwork: {
        app: subnet("10.1.0.0/24", {
          secondary_ip_range: [{ range_name: "pods", ip_cidr_range: "10.64.0.0/14" }],
        }),
      },
      google_compute_global_address: { services: allocated("10.66.0.0", 16) },
      google_redis_instance: {
        cache: {
          name: "cache",
          memory_size_gb: 1,
          authorized_network: "${google_compute_network.main.id}",
          reserved_ip_range: "10.1.0.8/29",
        },
      },
    });
    expect(found.map(({ address }) => address).sort()).toEqual([
      "google_compute_global_address.services",
      "google_compute_subnetwork.app",
      "google_redis_instance.cache",
    ]);
  });

  test("two networks may hold the same range", () => {
    expect(
      check(overlap, {
        google_compute_network: { a: { name: "a" }, b: { name: "b" } },
        google_compute_subnetwork: {
          a: subnet("10.1.0.0/24", { network: "${google_compute_network.a.id}" }),
          b: subnet("10.1.0.0/24", { network: "${google_compute_network.b.id}" }),
        },
      }),
    ).toEqual([]);
  });

  test("the same unknown network is one network, and other unknown networks are not compared", () => {
    const variable = { network: { type: "string" }, other: { type: "string" } };
    const pair = (network: string) => ({
      google_compute_subnetwork: {
        a: subnet("10.1.0.0/24", { network: "${var.network}" }),
        b: subnet("10.1.0.0/24", { network }),
      },
    });
    expect(check(overlap, pair("${var.network}"), { variable })).toHaveLength(2);
    expect(check(overlap, pair("${var.other}"), { variable })).toEqual([]);
  });

  test("a network is the same by id, name, self link and reference", () => {
    const found = check(overlap, {
      google_compute_subnetwork: {
        a: subnet("10.1.0.0/24", { network: "shared" }),
        b: subnet("10.1.0.0/24", { network: "projects/acme-dev/global/networks/shared" }),
        c: subnet("10.1.0.0/24", { network: "projects/other/global/networks/shared" }),
      },
    });
    expect(new Set(found.map(({ address }) => address))).toEqual(
      new Set(["google_compute_subnetwork.a", "google_compute_subnetwork.b"]),
    );
  });

  test("one unknown range does not hide the others", () => {
    expect(
      check(
        overlap,
        inNetwork({
          google_compute_subnetwork: {
            app: subnet("10.1.0.0/24"),
            next: subnet("10.1.0.0/24"),
            third: subnet("${var.range}"),
          },
        }),
        { variable: { range: { type: "string" } } },
      ),
    ).toHaveLength(2);
  });
});

describe("address/peered-overlap", () => {
  const peered = (range: string) =>
    check(peeredOverlap, {
      google_compute_network: {
        a: { name: "a", auto_create_subnetworks: false },
        b: { name: "b", auto_create_subnetworks: false },
      },
      google_compute_subnetwork: {
        a: subnet("10.0.0.0/20", { network: "${google_compute_network.a.id}" }),
        b: subnet(range, { network: "${google_compute_network.b.id}" }),
      },
      google_compute_network_peering: {
        ab: {
          name: "ab",
          network: "${google_compute_network.a.self_link}",
          peer_network: "${google_compute_network.b.self_link}",
        },
      },
    });

  test("disjoint networks hold, also where they touch", () => {
    expect(peered("10.0.16.0/20")).toEqual([]);
  });

  /** The kind: networks whose ranges are the same without being written. */
  test("a network is not its own peer, and two auto mode networks have the same subnets", () => {
    const said = (b: string) =>
      check(peeredOverlap, {
        google_compute_network: { a: { name: "a" }, b: { name: "b" } },
        google_compute_network_peering: {
          ab: {
            name: "ab",
            network: "${google_compute_network.a.self_link}",
            peer_network: `\${google_compute_network.${b}.self_link}`,
          },
        },
      }).map(({ message }) => message);
    // What a function makes of a network may be another one.
    const mapped =
      "lookup({ a = google_compute_network.a.self_link }, each.key, google_compute_network.a.self_link)";
    expect(
      check(peeredOverlap, {
        google_compute_network: { a: { name: "a" }, b: { name: "b" } },
        google_compute_network_peering: {
          ab: {
            for_each: "${var.peerings}",
            name: "ab",
            network: `\${${mapped}}`,
            peer_network: `\${${mapped.replace("each.key", "each.value")}}`,
          },
        },
      }),
    ).toEqual([]);
    const named = (network: string, peer_network: string) =>
      check(peeredOverlap, { google_compute_network_peering: { ab: { name: "ab", network, peer_network } } });
    expect(named("projects/p/global/networks/a", "projects/p/global/networks/b")).toEqual([]);
    expect(
      named(
        "https://www.googleapis.com/compute/v1/projects/p/global/networks/a",
        "projects/p/global/networks/a",
      ),
    ).toHaveLength(1);
    expect(said("a")).toEqual([
      "network and peer_network are the same; rejected by the API: a network is not its own peer.",
    ]);
    expect(said("b")).toEqual([
      "both networks have auto_create_subnetworks, and so the same subnets of 10.128.0.0/9; rejected by the API: peered networks must not share addresses.",
    ]);
  });

  test("an overlap is refused", () => {
    const found = peered("10.0.8.0/24");
    expect(found.map(({ address }) => address)).toEqual([
      "google_compute_network_peering.ab",
      "google_compute_subnetwork.a",
      "google_compute_subnetwork.b",
    ]);
    expect(found[0]?.message).toBe(
      "10.0.0.0/20 of google_compute_subnetwork.a overlaps 10.0.8.0/24 of google_compute_subnetwork.b, and it peers their networks; rejected by the API: peered networks must not share addresses.",
    );
  });
});

describe("address/route", () => {
  const routed = (dest_range: string) =>
    check(
      route,
      inNetwork({
        google_compute_subnetwork: { app: subnet("10.1.0.0/16") },
        google_compute_route: {
          office: { name: "office", network: "${google_compute_network.main.id}", dest_range },
        },
      }),
    );

  test("a wider route holds", () => {
    expect(routed("10.0.0.0/8")).toEqual([]);
  });

  test("a route within a subnet is refused, the same range included", () => {
    expect(routed("10.1.0.0/16").map(({ message }) => message)).toEqual([
      "dest_range 10.1.0.0/16 lies within 10.1.0.0/16, the range of google_compute_subnetwork.app; rejected by the API: subnet routes come first.",
    ]);
  });
});

describe("address/within-subnet", () => {
  const reserved = (address: string) =>
    check(
      withinSubnet,
      inNetwork({
        google_compute_subnetwork: { app: subnet("10.1.0.0/24") },
        google_compute_address: {
          proxy: {
            name: "proxy",
            address_type: "INTERNAL",
            subnetwork: "${google_compute_subnetwork.app.id}",
            address,
          },
        },
      }),
    );

  test("the first and the last usable address hold", () => {
    expect(reserved("10.1.0.2")).toEqual([]);
    expect(reserved("10.1.0.253")).toEqual([]);
  });

  test("an address outside, or a reserved one, is refused", () => {
    expect([...reserved("10.2.0.10"), ...reserved("10.1.0.1")]).toMatchObject([
      {
        address: "google_compute_address.proxy",
        message:
          "address 10.2.0.10 lies outside of 10.1.0.0/24, the range of google_compute_subnetwork.app; rejected by the API: not a usable address of that subnet.",
      },
      { message: expect.stringContaining("is one of the four reserved addresses") },
    ]);
  });
});
