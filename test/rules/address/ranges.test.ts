import { describe, expect, test } from "@jest/globals";
import { autoMode } from "../../../rules/address/auto-mode.ts";
import { dockerRange } from "../../../rules/address/docker-range.ts";
import { form } from "../../../rules/address/form.ts";
import { prohibited } from "../../../rules/address/prohibited.ts";
import { publicRange } from "../../../rules/address/public-range.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check } from "../support.ts";
import { allocated, connector, database, directService, inNetwork, subnet } from "./network-fixture.ts";

const withSubnet = (rule: Rule, range: unknown) =>
  check(rule, inNetwork({ google_compute_subnetwork: { app: subnet(range) } }));
const withConnector = (rule: Rule, range: unknown) =>
  check(rule, inNetwork({ google_vpc_access_connector: { main: connector(range) } }));

describe("address/form", () => {
  test("a network address with its prefix holds", () => {
    expect(withSubnet(form, "10.1.0.0/24")).toEqual([]);
    expect(withConnector(form, "10.1.0.16/28")).toEqual([]);
  });

  test("host bits are refused for a connector, and advice for a subnet, which Google reads all the same", () => {
    expect(withConnector(form, "10.1.0.5/28")).toMatchObject([
      {
        severity: "error",
        address: "google_vpc_access_connector.main",
        message:
          "the range 10.1.0.5/28 has host bits set: the range is 10.1.0.0/28; rejected by the API: not a network address.",
        fix: "Write 10.1.0.0/28.",
      },
    ]);
    expect(withSubnet(form, "10.1.0.5/24")).toMatchObject([{ severity: "warning" }]);
  });

  test("what is no range is refused", () => {
    expect(withSubnet(form, "10.1.0.0")).toMatchObject([
      { message: 'the range "10.1.0.0" is not a CIDR; rejected at plan: an IPv4 CIDR is expected.' },
    ]);
    expect(withSubnet(form, "10.1.0.0/33")).toHaveLength(1);
    expect(withSubnet(form, "10.1.0.256/24")).toHaveLength(1);
    expect(withConnector(form, "fd20::/64")).toMatchObject([
      { message: 'the range "fd20::/64" is IPv6; rejected by the API: an IPv4 CIDR is expected.' },
    ]);
  });

  test("an unknown range is not judged", () => {
    const variable = { range: { type: "string" } };
    expect(
      check(form, inNetwork({ google_compute_subnetwork: { app: subnet("${var.range}") } }), { variable }),
    ).toEqual([]);
  });
});

describe("address/prohibited", () => {
  test("private ranges hold, and what lies next to a prohibited one", () => {
    expect(withSubnet(prohibited, "10.0.0.0/8")).toEqual([]);
    expect(withSubnet(prohibited, "199.36.153.0/30")).toEqual([]);
  });

  test("a range in or around a prohibited one is refused", () => {
    expect(withSubnet(prohibited, "169.254.0.0/20").map(({ message }) => message)).toEqual([
      "the range 169.254.0.0/20 overlaps 169.254.0.0/16, which Google refuses: it is the link-local range; rejected by the API: the range is reserved.",
    ]);
    expect(withSubnet(prohibited, "199.36.0.0/16")).toMatchObject([
      { address: "google_compute_subnetwork.app" },
    ]);
  });
});

describe("address/docker-range", () => {
  const beside = (range: string) =>
    check(
      dockerRange,
      inNetwork({
        google_vpc_access_connector: { main: connector(range) },
        google_sql_database_instance: { orders: database() },
      }),
    );

  test("the neighbouring range holds", () => {
    expect(beside("172.18.0.0/28")).toEqual([]);
  });

  test("a connector in it never reaches Cloud SQL", () => {
    expect(beside("172.17.0.0/28")).toMatchObject([
      {
        severity: "error",
        address: "google_vpc_access_connector.main",
        message:
          "the range 172.17.0.0/28 overlaps 172.17.0.0/16, which is the Docker bridge's: Cloud SQL is unreachable from it and in it; fails at run time: connections to google_sql_database_instance.orders time out.",
      },
    ]);
  });

  test("without a Cloud SQL in the network it is advice", () => {
    expect(withConnector(dockerRange, "172.17.0.0/28")).toMatchObject([{ severity: "warning" }]);
  });

  test("the private services range counts", () => {
    const found = check(
      dockerRange,
      inNetwork({
        google_compute_global_address: { services: allocated("172.16.0.0", 12) },
        google_sql_database_instance: { orders: database() },
      }),
    );
    expect(found).toMatchObject([{ severity: "error", address: "google_compute_global_address.services" }]);
  });
});

describe("address/public-range", () => {
  const redis = (connect_mode: string) => ({
    cache: {
      name: "cache",
      memory_size_gb: 1,
      authorized_network: "${google_compute_network.main.id}",
      connect_mode,
    },
  });

  test("private, shared and class E ranges hold", () => {
    for (const range of ["172.31.255.0/28", "100.64.0.0/28", "240.0.0.0/28"]) {
      expect(withConnector(publicRange, range)).toEqual([]);
    }
  });

  test("public clients do not reach Redis through private services access", () => {
    const found = check(
      publicRange,
      inNetwork({
        google_vpc_access_connector: { main: connector("34.10.0.0/28") },
        google_redis_instance: redis("PRIVATE_SERVICE_ACCESS"),
      }),
    );
    expect(found.map(({ address, message }) => [address, message])).toEqual([
      [
        "google_vpc_access_connector.main",
        "the range 34.10.0.0/28 is a public range, and google_redis_instance.cache is reached through private services access; fails at run time: Redis drops clients with public addresses.",
      ],
    ]);
    expect(withConnector(publicRange, "34.10.0.0/28")).toEqual([]);
  });

  test("Direct VPC egress takes private addresses only", () => {
    const found = check(
      publicRange,
      inNetwork({
        google_compute_subnetwork: { app: subnet("34.10.0.0/24") },
        google_cloud_run_v2_service: { api: directService() },
      }),
    );
    expect(found).toMatchObject([{ severity: "error", address: "google_compute_subnetwork.app" }]);
  });
});

describe("address/auto-mode", () => {
  const inAuto = (range: string, auto?: boolean) =>
    check(autoMode, {
      google_compute_network: {
        main: { name: "main", ...(auto === undefined ? {} : { auto_create_subnetworks: auto }) },
      },
      google_vpc_access_connector: { main: connector(range) },
    });

  test("a custom mode network, and the range just below, hold", () => {
    expect(inAuto("10.132.0.0/28", false)).toEqual([]);
    expect(inAuto("10.127.255.240/28")).toEqual([]);
  });

  test("a connector in 10.128.0.0/9 collides with the automatic subnets", () => {
    expect(inAuto("10.128.0.0/28")).toMatchObject([
      {
        severity: "error",
        address: "google_vpc_access_connector.main",
        message:
          "the range 10.128.0.0/28 overlaps 10.128.0.0/9, which the auto mode network google_compute_network.main keeps for its own subnets; rejected by the API: the range belongs to the automatic subnets.",
      },
    ]);
  });

  test("the default network is an auto mode network too", () => {
    const beside = (range: string) =>
      check(autoMode, { google_vpc_access_connector: { main: connector(range, { network: "default" }) } });
    expect(beside("10.8.0.0/28")).toEqual([]);
    expect(beside("10.132.0.0/28")).toMatchObject([{ severity: "error" }]);
  });

  test("a subnet elsewhere is allowed, and the network is advised", () => {
    const found = check(autoMode, {
      google_compute_network: { main: { name: "main" } },
      google_compute_subnetwork: { app: subnet("10.1.0.0/24") },
    });
    expect(found).toMatchObject([{ severity: "warning", address: "google_compute_network.main" }]);
  });

  test("Google itself puts Redis anywhere", () => {
    const found = check(autoMode, {
      google_compute_network: { main: { name: "main" } },
      google_redis_instance: {
        cache: {
          name: "cache",
          memory_size_gb: 1,
          authorized_network: "${google_compute_network.main.id}",
          reserved_ip_range: "10.166.204.80/29",
        },
      },
    });
    expect(found).toMatchObject([{ severity: "warning" }]);
  });
});
