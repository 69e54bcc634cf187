import { describe, expect, test } from "@jest/globals";
import { loopback } from "../../../rules/reachability/loopback.ts";
import { redisPortRule } from "../../../rules/reachability/redis-port.ts";
import { serverAddress } from "../../../rules/reachability/server-address.ts";
import { serverKind } from "../../../rules/reachability/server-kind.ts";
import { sqlAddress } from "../../../rules/reachability/sql-address.ts";
import { sqlPort } from "../../../rules/reachability/sql-port.ts";
import { saidOf, verdictsOf } from "../platform.ts";

const SERVICE = "google_cloud_run_v2_service.api";
const REDIS = "google_redis_instance.cache";

describe("reachability/redis-port", () => {
  test("refuses 6379 with transit encryption, and 6378 without", () => {
    const tls = saidOf(redisPortRule, (parts) => parts.env("REDIS_PORT", "6379"));
    expect(tls).toMatchObject([
      { severity: "error", address: SERVICE },
      { severity: "error", address: REDIS },
    ]);
    expect(tls[0]?.message).toBe(
      "REDIS_PORT holds port 6379, but google_redis_instance.cache has transit encryption on and listens on 6378; fails at run time: connections are refused.",
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

  test("knows the variables that are written in one word", () => {
    const said = verdictsOf(redisPortRule, (parts) => {
      parts.env("REDIS_HOST", undefined);
      parts.env("REDIS_PORT", undefined);
      parts.env("REDISHOST", "${google_redis_instance.cache.host}");
      parts.env("REDISPORT", "6379");
    });
    expect(said).toEqual([`error ${SERVICE}`, `error ${REDIS}`]);
  });

  test("compares the switch for TLS", () => {
    expect(saidOf(redisPortRule, (parts) => parts.env("REDIS_TLS", "true"))).toEqual([]);
    expect(saidOf(redisPortRule, (parts) => parts.env("REDIS_TLS", "false"))[0]?.message).toContain(
      'REDIS_TLS is "false"',
    );
  });

  test("blames the instance too where all that is written is against it", () => {
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
      "REDIS_HOST is 10.166.204.83, but google_redis_instance.cache is in 10.60.0.0/16; fails at run time: nothing answers at that address.",
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

describe("reachability/sql-port", () => {
  const port = (value: string) => saidOf(sqlPort, (parts) => parts.env("POSTGRES_PORT", value));

  test("refuses a port on which the engine does not listen", () => {
    const [said, ...more] = port("5433");
    expect(more).toEqual([]);
    expect(said).toMatchObject({ severity: "error", address: SERVICE });
    expect(said?.message).toBe(
      "POSTGRES_PORT holds port 5433, but google_sql_database_instance.orders (POSTGRES_16) listens on 5432; fails at run time: connections are refused.",
    );
    const url = saidOf(sqlPort, (parts) =>
      parts.env(
        "DATABASE_URL",
        "postgres://api@${google_sql_database_instance.orders.private_ip_address}:3306/orders",
      ),
    );
    expect(url[0]?.message).toContain("DATABASE_URL holds port 3306");
  });

  test("knows the pooler and the connectors, and says nothing of an unknown port or engine", () => {
    for (const value of ["5432", "6432", "3307", "${var.password}"]) expect(port(value)).toEqual([]);
    const engine = saidOf(sqlPort, (parts) => {
      parts.set("google_sql_database_instance.orders", { database_version: "${var.password}" });
      parts.env("POSTGRES_PORT", "1");
    });
    expect(engine).toEqual([]);
  });
});

describe("reachability/loopback", () => {
  const host = (name: string, value: string) => saidOf(loopback, (parts) => parts.env(name, value));

  test("refuses localhost for a server that is defined, in a container that is alone", () => {
    expect(host("REDIS_HOST", "localhost")).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(host("REDIS_HOST", "localhost")[0]?.message).toContain(
      "nothing listens there, while google_redis_instance.cache is defined here",
    );
    expect(host("DB_HOST", "127.0.0.1")).toHaveLength(1);
  });

  test("accepts it beside a proxy, with another container, and for the service's own address", () => {
    expect(host("LISTEN_HOST", "localhost")).toEqual([]);
    const beside = saidOf(loopback, (parts) => {
      parts.env("DB_HOST", "127.0.0.1");
      parts.template().containers = [parts.container(), { image: "gcr.io/cloudsql-docker/proxy" }];
    });
    expect(beside).toEqual([]);
    const volume = saidOf(loopback, (parts) => {
      parts.env("DB_HOST", "localhost");
      parts.volume(["acme-dev:europe-west1:orders"]);
    });
    expect(volume).toEqual([]);
  });
});

describe("reachability/server-kind", () => {
  const SQL = "${google_sql_database_instance.orders.private_ip_address}";

  test("refuses Redis that leads to the database, and the other way round", () => {
    const said = saidOf(serverKind, (parts) => parts.env("REDIS_HOST", SQL));
    expect(said).toMatchObject([{ severity: "error", address: SERVICE }]);
    expect(said[0]?.message).toBe(
      'REDIS_HOST of google_cloud_run_v2_service.api leads to Cloud SQL instance "orders" (google_sql_database_instance.orders); fails at run time: that server does not speak the protocol.',
    );
    const other = (name: string) =>
      verdictsOf(serverKind, (parts) => parts.env(name, "${google_redis_instance.cache.host}"));
    expect(other("PGHOST")).toEqual([`error ${SERVICE}`]);
    expect(other("CACHE_HOST")).toEqual([]);
    expect(other("POSTGRES_OR_REDIS_URL")).toEqual([]);
  });

  test("points at the record through which the name goes astray", () => {
    const said = verdictsOf(serverKind, (parts) => {
      parts.set("google_dns_managed_zone.internal", { name: "internal", dns_name: "acme.internal." });
      parts.set("google_dns_record_set.redis", {
        name: "redis.acme.internal.",
        managed_zone: "internal",
        type: "A",
        rrdatas: [SQL],
      });
      parts.env("REDIS_HOST", "redis.acme.internal");
    });
    expect(said).toEqual(["error google_dns_record_set.redis", `error ${SERVICE}`]);
  });
});
