import { describe, expect, test } from "@jest/globals";
import { redisPortRule } from "../../../rules/reachability/redis-port.ts";
import { serverAddress } from "../../../rules/reachability/server-address.ts";
import { sqlAddress } from "../../../rules/reachability/sql-address.ts";
import { saidOf, verdictsOf } from "../platform.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const REDIS = "google_redis_instance.cache";

describe("reachability/redis-port", () => {
  test("refuses 6379 with transit encryption, and 6378 without", () => {
    const tls = saidOf(redisPortRule, (parts) => parts.env("REDIS_PORT", "6379"));
    expect(tls).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(tls[0]?.message).toBe(
      "REDIS_PORT holds port 6379, but google_redis_instance.cache has transit encryption on and listens on 6378; breaks at run time: connections are refused.",
    );
    const plain = saidOf(redisPortRule, (parts) => parts.set(REDIS, { transit_encryption_mode: "DISABLED" }));
    expect(plain[0]?.message).toContain("REDIS_PORT holds port 6378");
  });

  test("reads the port and the scheme of a URL, whole or in pieces", () => {
    const url = (value: string) => saidOf(redisPortRule, (parts) => parts.env("CACHE_URL", value)).length;
    expect(url("rediss://${google_redis_instance.cache.host}:6378/0")).toBe(0);
    expect(url("rediss://${google_redis_instance.cache.host}:${google_redis_instance.cache.port}")).toBe(0);
    expect(url("redis://${google_redis_instance.cache.host}:6378/0")).toBe(1);
    expect(
      url("redis://:${google_redis_instance.cache.auth_string}@${google_redis_instance.cache.host}:6379/0"),
    ).toBe(2);
  });

  test("compares the switch for TLS", () => {
    expect(saidOf(redisPortRule, (parts) => parts.env("REDIS_TLS", "true"))).toEqual([]);
    expect(saidOf(redisPortRule, (parts) => parts.env("REDIS_TLS", "false"))[0]?.message).toContain(
      'REDIS_TLS is "false"',
    );
  });

  test("blames the instance too where all of several workloads agree against it", () => {
    const said = verdictsOf(redisPortRule, (parts) => {
      parts.env("REDIS_PORT", "6379");
      parts.resources.google_cloud_run_v2_job = {
        worker: { template: [{ template: [{ containers: [{ env: parts.container().env }] }] }] },
      };
    });
    expect(said).toContain(`error ${REDIS}`);
    expect(said).toContain("error google_cloud_run_v2_job.worker");
  });

  test("is silent where the mode or the port is not known", () => {
    expect(
      saidOf(redisPortRule, (parts) => parts.set(REDIS, { transit_encryption_mode: "${var.password}" })),
    ).toEqual([]);
    expect(
      saidOf(redisPortRule, (parts) => parts.env("REDIS_PORT", "${google_redis_instance.cache.port}")),
    ).toEqual([]);
  });
});

describe("reachability/server-address", () => {
  test("refuses an address outside the range of the instance", () => {
    const said = saidOf(serverAddress, (parts) => parts.env("REDIS_HOST", "10.166.204.83"));
    expect(said).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(said[0]?.message).toBe(
      "REDIS_HOST is 10.166.204.83, but google_redis_instance.cache is in 10.60.0.0/16; breaks at run time: nothing answers at that address.",
    );
  });

  test("holds for the first and last address of the range, breaks at the next", () => {
    const at = (address: string) => verdictsOf(serverAddress, (parts) => parts.env("REDIS_HOST", address));
    expect(at("10.60.0.0")).toEqual([]);
    expect(at("10.60.255.255")).toEqual([]);
    expect(at("10.61.0.0")).toEqual([`error ${SERVICE}`]);
  });

  test("follows a DNS name to the record that writes the address", () => {
    const record = (address: string) =>
      verdictsOf(serverAddress, (parts) => {
        parts.set("google_dns_record_set.redis", {
          name: "redis.acme.internal.",
          type: "A",
          rrdatas: [address],
        });
        parts.env("REDIS_HOST", "redis.acme.internal");
      });
    expect(record("10.60.0.3")).toEqual([]);
    expect(record("10.166.204.83")).toEqual(["error google_dns_record_set.redis"]);
  });

  test("advises where the range is not known", () => {
    const said = verdictsOf(serverAddress, (parts) => {
      delete parts.at("google_compute_global_address.psa").address;
      parts.env("REDIS_HOST", "10.166.204.83");
    });
    expect(said).toEqual([`warning ${SERVICE}`]);
  });
});

describe("reachability/sql-address", () => {
  test("refuses an address that the instance does not have", () => {
    const said = saidOf(sqlAddress, (parts) => {
      parts.sql().private_network = undefined;
    });
    expect(said.map(({ address }) => address)).toEqual([SERVICE, "google_sql_database_instance.orders"]);
    expect(said[0]?.message).toContain("which has no private_network");
    const open = saidOf(sqlAddress, (parts) =>
      parts.env("POSTGRES_HOST", "${google_sql_database_instance.orders.public_ip_address}"),
    );
    expect(open[0]?.message).toContain("which has ipv4_enabled = false");
  });

  test("is silent on a network that is not known", () => {
    expect(
      saidOf(sqlAddress, (parts) => {
        parts.sql().private_network = "${var.password}";
      }),
    ).toEqual([]);
  });
});
