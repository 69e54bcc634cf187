import { describe, expect, test } from "@jest/globals";
import { sameNetwork } from "../../../rules/reachability/same-network.ts";
import { saidOf, verdictsOf } from "../platform.ts";

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
});
