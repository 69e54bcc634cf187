import { describe, expect, test } from "@jest/globals";
import { PostgresDatabase, type PostgresDatabaseProps } from "../../constructs/postgres-database.ts";
import { PrivateDnsZone } from "../../constructs/private-dns-zone.ts";
import { RedisCache, type RedisCacheProps } from "../../constructs/redis-cache.ts";
import { constructJson } from "../support/construct.ts";
import { resource } from "../support/synthesized.ts";

const network = "projects/p/global/networks/n";

describe("PostgresDatabase", () => {
  const props: PostgresDatabaseProps = {
    name: "db",
    region: "europe-west1",
    version: "POSTGRES_17",
    edition: "ENTERPRISE",
    tier: "db-custom-2-7680",
    availability: "REGIONAL",
    maxConnections: 300,
    diskGibibytes: 50,
    network,
    allocatedRange: "psa",
    backups: { startHour: 3, retained: 14, logRetentionDays: 7 },
    maintenance: { day: 7, hour: 4 },
    databaseName: "app",
    protection: true,
  };
  const json = (more: Partial<PostgresDatabaseProps> = {}) =>
    constructJson((stack) => new PostgresDatabase(stack, "database", { ...props, ...more }));

  test("with protection, Terraform and Google both refuse to delete it", () => {
    const instance = resource(json(), "google_sql_database_instance");
    expect([instance.deletion_protection, instance.settings.deletion_protection_enabled]).toEqual([
      true,
      true,
    ]);
  });

  test("without protection, both let go", () => {
    const instance = resource(json({ protection: false }), "google_sql_database_instance");
    expect([instance.deletion_protection, instance.settings.deletion_protection_enabled]).toEqual([
      false,
      false,
    ]);
  });

  test("max_connections wins over the further flags, in a stable order", () => {
    const { settings } = resource(
      json({ flags: { work_mem: "8192", max_connections: "1" } }),
      "google_sql_database_instance",
    );
    expect(settings.database_flags).toEqual([
      { name: "max_connections", value: "300" },
      { name: "work_mem", value: "8192" },
    ]);
  });

  test("backups start at the full hour", () => {
    expect(resource(json(), "google_sql_database_instance").settings.backup_configuration.start_time).toBe(
      "03:00",
    );
  });

  test("the database goes with its instance", () => {
    expect(resource(json(), "google_sql_database")).toMatchObject({
      name: "app",
      deletion_policy: "ABANDON",
    });
  });

  test("no user, because its password would stand in the state", () =>
    expect(json().resource.google_sql_user).toBeUndefined());
});

describe("RedisCache", () => {
  const props: RedisCacheProps = {
    name: "redis",
    region: "europe-west1",
    tier: "BASIC",
    memoryGibibytes: 1,
    version: "REDIS_7_2",
    network,
    allocatedRange: "psa",
    tls: false,
    auth: false,
    evictionPolicy: "allkeys-lru",
    maintenance: { day: 1, hour: 0 },
    protection: false,
  };
  const json = (more: Partial<RedisCacheProps> = {}) =>
    resource(
      constructJson((stack) => new RedisCache(stack, "cache", { ...props, ...more })),
      "google_redis_instance",
    );

  test("says that TLS is off rather than leaving it out", () =>
    expect(json().transit_encryption_mode).toBe("DISABLED"));

  test("names the range, and all four numbers of the window", () => {
    expect(json()).toMatchObject({
      connect_mode: "PRIVATE_SERVICE_ACCESS",
      reserved_ip_range: "psa",
      maintenance_policy: {
        weekly_maintenance_window: [
          { day: "MONDAY", start_time: { hours: 0, minutes: 0, seconds: 0, nanos: 0 } },
        ],
      },
    });
  });

  test("is protected by Terraform, as Google has no protection for it", () => {
    expect(json().lifecycle.prevent_destroy).toBeUndefined();
    expect(json({ protection: true }).lifecycle.prevent_destroy).toBe(true);
  });

  test("is not replaced for the name of its range, which an imported instance does not have", () => {
    expect(json({ protection: true }).lifecycle.ignore_changes).toEqual(["reserved_ip_range"]);
  });
});

test("PrivateDnsZone answers in its network", () => {
  const json = constructJson(
    (stack) =>
      new PrivateDnsZone(stack, "zone", {
        name: "z",
        domain: "x.internal",
        network,
        records: { redis: "10.0.0.3" },
      }),
  );
  expect(resource(json, "google_dns_managed_zone")).toMatchObject({
    dns_name: "x.internal.",
    visibility: "private",
    private_visibility_config: { networks: [{ network_url: network }] },
  });
  expect(resource(json, "google_dns_record_set")).toMatchObject({
    name: "redis.x.internal.",
    type: "A",
    rrdatas: ["10.0.0.3"],
  });
});
