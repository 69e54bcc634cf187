import { describe, expect, test } from "@jest/globals";
import { connectorRange } from "../../../rules/address/connector-range.ts";
import { privateServicesSize } from "../../../rules/address/private-services-size.ts";
import { redisRange } from "../../../rules/address/redis-range.ts";
import { secondaryRange } from "../../../rules/address/secondary-range.ts";
import { subnetSize } from "../../../rules/address/subnet-size.ts";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";
import { allocated, connector, database, directService, inNetwork, subnet } from "./network-fixture.ts";

describe("address/connector-range", () => {
  const sized = (range: string) =>
    check(connectorRange, inNetwork({ google_vpc_access_connector: { main: connector(range) } }));

  test("a /28 holds", () => {
    expect(sized("10.8.0.0/28")).toEqual([]);
  });

  test("a /27 and a /29 are refused", () => {
    expect([...sized("10.8.0.0/27"), ...sized("10.8.0.0/29")]).toMatchObject([
      {
        severity: "error",
        address: "google_vpc_access_connector.main",
        message: "ip_cidr_range is 10.8.0.0/27; rejected by the API: a connector takes exactly a /28.",
        fix: "Write a free /28, for example 10.8.0.0/28.",
      },
      { message: expect.stringContaining("10.8.0.0/29; rejected") },
    ]);
  });

  const inSubnet = (range: string, more: object = {}, others: Resources = {}) =>
    check(
      connectorRange,
      inNetwork({
        google_compute_subnetwork: { app: subnet(range, { ...more }) },
        google_vpc_access_connector: {
          main: {
            name: "main",
            region: "europe-west1",
            subnet: { name: "${google_compute_subnetwork.app.name}" },
          },
        },
        ...others,
      }),
    );

  test("a subnet of its own holds at a /28", () => {
    expect(inSubnet("10.8.0.0/28")).toEqual([]);
  });

  test("a larger subnet, another purpose or another region is refused", () => {
    expect(inSubnet("10.8.0.0/24").map(({ address }) => address)).toEqual([
      "google_compute_subnetwork.app",
      "google_vpc_access_connector.main",
    ]);
    expect(inSubnet("10.8.0.0/28", { purpose: "PRIVATE_SERVICE_CONNECT" })).toMatchObject([
      {
        message: expect.stringContaining(
          "its subnet google_compute_subnetwork.app has the purpose PRIVATE_SERVICE_CONNECT; rejected by the API: the subnet of a connector has the purpose PRIVATE.",
        ),
      },
    ]);
    expect(inSubnet("10.8.0.0/28", { region: "us-central1" })).toMatchObject([
      { address: "google_vpc_access_connector.main" },
    ]);
  });

  test("Direct VPC egress in the subnet of a connector breaks", () => {
    const found = inSubnet("10.8.0.0/28", {}, { google_cloud_run_v2_service: { api: directService() } });
    expect(found).toMatchObject([
      {
        address: "google_cloud_run_v2_service.api",
        message: expect.stringContaining(
          "it takes addresses from google_compute_subnetwork.app, which belongs to the connector google_vpc_access_connector.main; fails at run time: instances fail to start because there are no free addresses.",
        ),
      },
    ]);
  });
});

describe("address/subnet-size", () => {
  const sized = (range: string, more: Resources = {}, body: object = {}) =>
    check(subnetSize, inNetwork({ google_compute_subnetwork: { app: subnet(range, { ...body }) }, ...more }));
  const service = { google_cloud_run_v2_service: { api: directService() } };

  test("a /29 holds, a /30 is refused", () => {
    expect(sized("10.1.0.0/29")).toEqual([]);
    expect(sized("10.1.0.0/30").map(({ message }) => message)).toEqual([
      "the range 10.1.0.0/30 is a /30; rejected by the API: the smallest range of a subnet is a /29.",
    ]);
  });

  test("with Direct VPC egress a /26 holds, a /27 breaks", () => {
    expect(sized("10.1.0.0/26", service)).toEqual([]);
    expect(sized("10.1.0.0/27", service)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_subnetwork.app",
        message:
          "the range 10.1.0.0/27 is a /27, and google_cloud_run_v2_service.api takes its addresses from it; fails at run time: Direct VPC egress needs a /26 or larger.",
      },
    ]);
  });

  test("for proxies a /26 holds, a /27 is refused", () => {
    const purpose = { purpose: "REGIONAL_MANAGED_PROXY" };
    expect(sized("10.1.0.0/26", {}, purpose)).toEqual([]);
    expect(sized("10.1.0.0/27", {}, purpose)).toHaveLength(1);
  });
});

describe("address/private-services-size", () => {
  const served = (prefix: unknown, more: Resources = {}) =>
    check(
      privateServicesSize,
      inNetwork({
        google_compute_global_address: { services: allocated(undefined, prefix) },
        google_service_networking_connection: {
          services: {
            network: "${google_compute_network.main.id}",
            service: "servicenetworking.googleapis.com",
            reserved_peering_ranges: ["${google_compute_global_address.services.name}"],
          },
        },
        google_sql_database_instance: { orders: database() },
        ...more,
      }),
    );

  test("a /24 holds for one database", () => {
    expect(served(24)).toEqual([]);
  });

  test("a /25 is too small for Cloud SQL", () => {
    expect(served(25)).toMatchObject([
      {
        severity: "error",
        address: "google_compute_global_address.services",
        message:
          "prefix_length is 25, and google_sql_database_instance.orders is to get its address from it; rejected by the API: each service takes a free /24.",
      },
    ]);
  });

  test("a /24 does not hold a database and a Redis, a /23 does", () => {
    const redis = {
      google_redis_instance: {
        cache: {
          name: "cache",
          region: "europe-west1",
          memory_size_gb: 1,
          connect_mode: "PRIVATE_SERVICE_ACCESS",
          authorized_network: "${google_compute_network.main.id}",
        },
      },
    };
    expect(served(23, redis)).toEqual([]);
    expect(served(24, redis)).toMatchObject([
      {
        address: "google_compute_global_address.services",
        message:
          "the ranges of google_service_networking_connection.services hold 1 block of /24, and 2 are needed (Cloud SQL POSTGRES in europe-west1, Redis in europe-west1); rejected by the API: couldn't find free blocks in allocated IP ranges.",
      },
    ]);
  });

  test("an unknown prefix is not judged", () => {
    expect(
      check(
        privateServicesSize,
        inNetwork({ google_compute_global_address: { services: allocated(undefined, "${var.prefix}") } }),
        { variable: { prefix: {} } },
      ),
    ).toEqual([]);
  });
});

describe("address/redis-range", () => {
  const redis = (more: object) =>
    check(redisRange, { google_redis_instance: { cache: { name: "cache", memory_size_gb: 5, ...more } } });

  test("a /29, and a /28 with read replicas, hold", () => {
    expect(redis({ reserved_ip_range: "10.0.0.0/29" })).toEqual([]);
    expect(redis({ reserved_ip_range: "10.0.0.0/28", read_replicas_mode: "READ_REPLICAS_ENABLED" })).toEqual(
      [],
    );
    expect(redis({ connect_mode: "PRIVATE_SERVICE_ACCESS", reserved_ip_range: "services" })).toEqual([]);
  });

  test("a smaller range is refused", () => {
    expect(redis({ reserved_ip_range: "10.0.0.0/30" })).toMatchObject([
      {
        message: "reserved_ip_range 10.0.0.0/30 is a /30; rejected by the API: Redis takes a /29 or larger.",
      },
    ]);
    expect(
      redis({ reserved_ip_range: "10.0.0.0/29", read_replicas_mode: "READ_REPLICAS_ENABLED" }),
    ).toHaveLength(1);
  });

  test("the form follows connect_mode", () => {
    expect(redis({ connect_mode: "PRIVATE_SERVICE_ACCESS", reserved_ip_range: "10.0.0.0/29" })).toMatchObject(
      [
        {
          address: "google_redis_instance.cache",
          message:
            "reserved_ip_range is the CIDR 10.0.0.0/29, with connect_mode PRIVATE_SERVICE_ACCESS; rejected by the API: the name of an allocated range is expected.",
        },
      ],
    );
    expect(redis({ reserved_ip_range: "services" })).toMatchObject([
      {
        message:
          'reserved_ip_range is the name "services", with connect_mode DIRECT_PEERING; rejected by the API: a CIDR is expected.',
      },
    ]);
  });
});

describe("address/private-services-shape", () => {
  const range = (more: object) =>
    check(
      ruleById("address/private-services-shape"),
      inNetwork({ google_compute_global_address: { services: { ...allocated(undefined, 16), ...more } } }),
    );

  test("an internal range of a network holds", () => {
    expect(range({})).toEqual([]);
  });

  test("an external one, or one without size or network, is refused", () => {
    expect(range({ address_type: null })).toMatchObject([
      {
        severity: "error",
        address: "google_compute_global_address.services",
        message:
          'purpose is "VPC_PEERING" and address_type is not set; rejected by the API: a range for private services is INTERNAL.',
      },
    ]);
    expect([...range({ prefix_length: null }), ...range({ network: null })]).toHaveLength(2);
  });
});

describe("address/secondary-range", () => {
  const cluster = (cluster_secondary_range_name: string) =>
    check(
      secondaryRange,
      inNetwork({
        google_compute_subnetwork: {
          app: subnet("10.1.0.0/24", {
            secondary_ip_range: [{ range_name: "pods", ip_cidr_range: "10.64.0.0/14" }],
          }),
        },
        google_container_cluster: {
          main: {
            name: "main",
            subnetwork: "${google_compute_subnetwork.app.id}",
            ip_allocation_policy: { cluster_secondary_range_name },
          },
        },
      }),
    );

  test("a range that the subnet has holds, another is refused", () => {
    expect(cluster("pods")).toEqual([]);
    expect(cluster("pod")).toMatchObject([
      {
        address: "google_container_cluster.main",
        message:
          'cluster_secondary_range_name is "pod", and google_compute_subnetwork.app has "pods"; rejected by the API: the range does not exist.',
      },
    ]);
  });
});
