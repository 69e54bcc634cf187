import { describe, expect, test } from "@jest/globals";
import { sameNetwork } from "../../../rules/reachability/same-network.ts";
import { saidOf, verdictsOf } from "../platform.ts";
import { check, type Resources } from "../support.ts";

const REDIS = "google_redis_instance.cache";
const CONNECTOR = "google_vpc_access_connector.main";

describe("reachability/same-network", () => {
  test("holds however the one network is written", () => {
    for (const written of [
      "main",
      "projects/acme-dev/global/networks/main",
      "${google_compute_network.main.self_link}",
    ])
      expect(saidOf(sameNetwork, (parts) => parts.set(REDIS, { authorized_network: written }))).toEqual([]);
  });

  test("says what an unset authorized_network means", () => {
    const said = saidOf(sameNetwork, (parts) => {
      delete parts.at(REDIS).authorized_network;
    });
    expect(said).toMatchObject([{ severity: "error", address: REDIS }]);
    expect(said[0]?.message).toBe(
      'authorized_network is not set, which means network "default", but google_cloud_run_v2_service.api enters network "main"; fails at run time: every connection to Redis "cache" times out.',
    );
  });

  test("blames the end that stands alone on its network", () => {
    expect(
      verdictsOf(sameNetwork, (parts) => parts.set(REDIS, { authorized_network: parts.otherNetwork() })),
    ).toEqual([`error ${REDIS}`]);
    const said = verdictsOf(sameNetwork, (parts) => parts.set(CONNECTOR, { network: parts.otherNetwork() }));
    expect(new Set(said)).toEqual(new Set([`error ${CONNECTOR}`]));
    const sql = verdictsOf(sameNetwork, (parts) => {
      parts.sql().private_network = parts.otherNetwork();
    });
    expect(sql).toEqual(["error google_sql_database_instance.orders"]);
  });

  test("blames the service where a connector of the right network is at hand", () => {
    const said = verdictsOf(sameNetwork, (parts) => {
      const network = parts.otherNetwork();
      parts.set("google_vpc_access_connector.other", { name: "other", region: "europe-west1", network });
      parts.access().connector = "${google_vpc_access_connector.other.id}";
    });
    expect(new Set(said)).toEqual(new Set(["error google_cloud_run_v2_service.api"]));
  });

  test("blames the service with Direct VPC egress into the wrong network", () => {
    const said = verdictsOf(sameNetwork, (parts) => parts.direct({ network: parts.otherNetwork() }));
    expect(new Set(said)).toEqual(new Set(["error google_cloud_run_v2_service.api"]));
  });

  test("is silent on a network that is not known", () => {
    expect(
      saidOf(sameNetwork, (parts) => parts.set(REDIS, { authorized_network: "${var.password}" })),
    ).toEqual([]);
  });

  describe("what joins two networks", () => {
    const networks = { hub: { name: "hub" }, spoke: { name: "spoke" } };
    const apart = (others: Resources, server: Resources, host: string) =>
      check(sameNetwork, {
        google_compute_network: networks,
        google_cloud_run_v2_service: {
          api: {
            name: "api",
            location: "europe-west1",
            template: {
              containers: { env: [{ name: "SERVER_HOST", value: host }] },
              vpc_access: { network_interfaces: { network: "${google_compute_network.hub.id}" } },
            },
          },
        },
        ...server,
        ...others,
      });
    const vm = {
      google_compute_instance: {
        vm: { name: "vm", network_interface: { network: "${google_compute_network.spoke.id}" } },
      },
    };
    const vmHost = "${google_compute_instance.vm.network_interface[0].network_ip}";
    const redis = {
      google_redis_instance: {
        cache: { name: "cache", authorized_network: "${google_compute_network.spoke.id}" },
      },
    };
    const redisHost = "${google_redis_instance.cache.host}";
    const peering = (network: string, peer_network: string) => ({
      google_compute_network_peering: { one: { network, peer_network } },
    });
    const [hub, spoke] = ["${google_compute_network.hub.id}", "${google_compute_network.spoke.id}"];
    const vpn = { google_compute_vpn_tunnel: { one: { name: "one" } } };

    test("a peering leads to a VM, and none does not", () => {
      expect(apart(peering(hub, spoke), vm, vmHost)).toEqual([]);
      expect(apart(peering(spoke, "projects/other/global/networks/hub"), vm, vmHost)).toEqual([]);
      expect(apart({}, vm, vmHost)).not.toEqual([]);
      expect(
        apart(peering("projects/p/global/networks/a", "projects/p/global/networks/b"), vm, vmHost),
      ).not.toEqual([]);
    });

    test("a peering does not lead on to Redis, a VPN may", () => {
      expect(apart(peering(hub, spoke), redis, redisHost)).not.toEqual([]);
      expect(apart(vpn, redis, redisHost)).toEqual([]);
    });
  });
});
