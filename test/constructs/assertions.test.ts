import { describe, expect, test } from "@jest/globals";
import type { Construct } from "constructs";
import { CloudNat } from "../../constructs/cloud-nat.ts";
import { CloudRunService, type CloudRunServiceProps } from "../../constructs/cloud-run-service.ts";
import { dependOn } from "../../constructs/depend-on.ts";
import { DirectEgressSubnet } from "../../constructs/direct-egress-subnet.ts";
import { EgressFirewall } from "../../constructs/egress-firewall.ts";
import { PostgresDatabase } from "../../constructs/postgres-database.ts";
import { PrivateServicesAccess } from "../../constructs/private-services-access.ts";
import { RedisCache, type RedisCacheProps } from "../../constructs/redis-cache.ts";
import { ServiceIdentity } from "../../constructs/service-identity.ts";
import { VpcAccessConnector, type VpcAccessConnectorProps } from "../../constructs/vpc-access-connector.ts";
import { VpcNetwork } from "../../constructs/vpc-network.ts";
import { cidr, seconds } from "../../platform/units.ts";
import { stackOf, synthesize } from "../support/other-team.ts";

const region = "europe-west1";
const email = "api@acme-project.iam.gserviceaccount.com";
const probe = { path: "/health", period: seconds(10), timeout: seconds(5), failureThreshold: 3 };

function connector(scope: Construct, network: string, changes: Partial<VpcAccessConnectorProps> = {}) {
  return new VpcAccessConnector(scope, "connector", {
    name: "connector",
    network,
    region,
    range: cidr("10.8.0.0/28"),
    machineType: "e2-micro",
    minInstances: 2,
    maxInstances: 10,
    ...changes,
  });
}

function service(
  scope: Construct,
  name: string,
  changes: Partial<CloudRunServiceProps> & Pick<CloudRunServiceProps, "egressPath">,
) {
  return new CloudRunService(scope, name, {
    name,
    region,
    image: `${region}-docker.pkg.dev/acme-project/images/api@sha256:${"0".repeat(64)}`,
    cpu: "1",
    memory: "512Mi",
    serviceAccount: email,
    egress: "PRIVATE_RANGES_ONLY",
    environment: {},
    secrets: {},
    protection: false,
    port: 8080,
    concurrency: 80,
    minInstances: 0,
    maxInstances: 5,
    stable: "none",
    requestTimeout: seconds(300),
    startupProbe: probe,
    livenessProbe: probe,
    public: true,
    ...changes,
  });
}

function cache(scope: Construct, id: string, network: string, changes: Partial<RedisCacheProps> = {}) {
  return new RedisCache(scope, id, {
    name: "cache",
    region,
    tier: "STANDARD_HA",
    memoryGibibytes: 5,
    version: "REDIS_7_2",
    network,
    allocatedRange: "services",
    tls: true,
    auth: true,
    evictionPolicy: "allkeys-lru",
    maintenance: { day: 7, hour: 4 },
    protection: false,
    ...changes,
  });
}

/** The errors of an app of one stack, each a line; the first line counts them. */
function errors(build: (scope: Construct, network: string) => unknown): string[] {
  const { error } = synthesize((app) => {
    const stack = stackOf(app, "app");
    build(stack, new VpcNetwork(stack, "network", { name: "main" }).resource.id);
  });
  return error.split("\n\n").slice(1);
}

describe("values", () => {
  test("that the provider of the app does not have are refused, with the release that brought them", () => {
    const found = errors((scope, network) => {
      service(scope, "api", {
        egressPath: { network, subnetwork: "egress" },
        readinessProbe: { ...probe, successThreshold: 1 },
        defaultUriDisabled: true,
      });
    });
    expect(found.filter((line) => line.includes("unknown-attribute"))).toEqual([
      expect.stringMatching(
        /^app\/api\/Resource .*: default_uri_disabled is set in .*; rejected at plan: the google provider has it from 7\.6\.0 on, and the input allows 6\.50\.0\. Fix: /,
      ),
      expect.stringMatching(
        /^app\/api\/Resource .*: readiness_probe is set in .*; rejected at plan: the google provider has it from 7\.19\.0 on, and the input allows 6\.50\.0\. Fix: /,
      ),
    ]);
  });

  test("of all constructs are refused at once, each with its bound, what happens and the fix", () => {
    const found = errors((scope, network) => {
      const { resource: own } = connector(scope, network, { range: cidr("10.8.0.0/24"), maxInstances: 15 });
      service(scope, "api", {
        egressPath: { connector: own.id },
        requestTimeout: seconds(7200),
        memory: "64Gi",
      });
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^app\/connector\/Resource \(google_vpc_access_connector\.\w+\): ip_cidr_range is 10\.8\.0\.0\/24; rejected by the API: a connector takes exactly a \/28\. Fix: Write a free \/28, for example 10\.8\.0\.0\/28\. \[address\/connector-range\]$/,
      ),
      expect.stringMatching(
        /max_instances is 15; rejected by the API: it must be 3 to 10 instances\. Fix: Set max_instances to 10 instances or less, for example 10\. \[capacity\/connector-instances\]$/,
      ),
      expect.stringMatching(/^app\/api\/Resource .*memory.*64Gi.*rejected by the API: .* Fix: /),
      expect.stringMatching(/^app\/api\/Resource .*timeout is 7200.*; rejected by the API: .*3600.* Fix: /),
    ]);
  });
});

describe("relations within an app, without an environment file", () => {
  test("ranges of one network are disjoint", () => {
    const found = errors((scope, network) => {
      connector(scope, network, { range: cidr("10.9.0.16/28") });
      new DirectEgressSubnet(scope, "egress", {
        name: "egress",
        network,
        region,
        range: cidr("10.9.0.0/26"),
      });
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^app\/connector\/Resource .*: the range 10\.9\.0\.16\/28 overlaps 10\.9\.0\.0\/26, the range of google_compute_subnetwork\.\w+ in the same network; rejected by the API: .* Fix: /,
      ),
    ]);
  });

  test("instances times pool stay within max_connections", () => {
    const found = errors((scope, network) => {
      const range = cidr("10.20.0.0/16");
      const services = new PrivateServicesAccess(scope, "services", { name: "services", network, range });
      const database = new PostgresDatabase(scope, "database", {
        name: "db",
        region,
        version: "POSTGRES_17",
        edition: "ENTERPRISE",
        tier: "db-custom-2-7680",
        availability: "ZONAL",
        maxConnections: 100,
        diskGibibytes: 10,
        network,
        allocatedRange: "services",
        backups: { startHour: 3, retained: 7, logRetentionDays: 7 },
        maintenance: { day: 7, hour: 4 },
        databaseName: "app",
        protection: false,
      });
      dependOn(database, services);
      const identity = new ServiceIdentity(scope, "identity", {
        accountId: "api-service",
        displayName: "api",
        project: "acme-project",
        roles: ["roles/cloudsql.client"],
      });
      service(scope, "api", {
        egressPath: { connector: connector(scope, network).resource.id },
        serviceAccount: identity.resource.email,
        cloudSqlInstance: database.resource.connectionName,
        environment: {
          POSTGRES_HOST: `/cloudsql/${database.resource.connectionName}`,
          POSTGRES_DB: "app",
          DATABASE_POOL_SIZE: "10",
          DATABASE_MAX_OVERFLOW: "5",
        },
      });
    });
    // The service, which opens them, and the database, which refuses them.
    expect(found.map((text) => text.split("/Resource")[0])).toEqual(["app/api", "app/database"]);
    expect(found[1]).toMatch(
      /at full scale 150 connections are opened .*\(5 instances x 2 revisions x 15\), above 97 \(max_connections 100 less 3 reserved\); fails at run time: .* Fix: /,
    );
  });

  test("all traffic through the network needs Cloud NAT", () => {
    const build = (withNat: boolean) => (scope: Construct, network: string) => {
      const range = cidr("10.9.0.0/26");
      const egress = new DirectEgressSubnet(scope, "egress", { name: "egress", network, region, range });
      if (withNat)
        new CloudNat(scope, "nat", { name: "nat", routerName: "router", network, region, addresses: 1 });
      service(scope, "api", {
        egressPath: { network, subnetwork: egress.resource.id },
        egress: "ALL_TRAFFIC",
        environment: { CLICKHOUSE_URL: "https://acme.clickhouse.cloud:8443" },
      });
    };
    expect(errors(build(true))).toEqual([]);
    expect(errors(build(false))).toEqual([
      expect.stringMatching(
        /egress is ALL_TRAFFIC .* there is no Cloud NAT; fails at run time: .* Fix: Add a Cloud NAT/,
      ),
    ]);
  });

  test("a firewall that denies all lets through what services connect to", () => {
    const build = (port: string) => (scope: Construct, network: string) => {
      const range = cidr("10.20.0.0/16");
      const services = new PrivateServicesAccess(scope, "services", { name: "services", network, range });
      const redis = cache(scope, "cache", network);
      dependOn(redis, services);
      new EgressFirewall(scope, "firewall", {
        prefix: "main",
        network,
        allow: [{ name: "redis", protocol: "tcp", ports: [port], ranges: ["10.20.0.0/16"] }],
        connector: true,
      });
      service(scope, "api", {
        egressPath: { connector: connector(scope, network).resource.id },
        environment: { REDIS_HOST: redis.resource.host, REDIS_PORT: "6378" },
      });
    };
    expect(errors(build("6378"))).toEqual([]);
    const denied = errors(build("6379"));
    expect(denied.map((text) => text.split(" (")[0])).toEqual([
      "app/firewall/Allow-redis",
      "app/firewall/Deny",
    ]);
    expect(denied[1]).toMatch(
      /it denies TCP 6378 to Redis "cache" .*; fails at run time: .* Fix: Add an EGRESS rule/,
    );
  });

  test("deadlines that a service states are in order", () => {
    const found = errors((scope, network) =>
      service(scope, "api", {
        egressPath: { connector: connector(scope, network).resource.id },
        requestTimeout: seconds(30),
        environment: { DATABASE_STATEMENT_TIMEOUT_SECONDS: "60", REQUEST_TIMEOUT_SECONDS: "30" },
      }),
    );
    expect(found).toContainEqual(
      expect.stringMatching(
        /DATABASE_STATEMENT_TIMEOUT_SECONDS is 60 s, not below the request timeout of 30 s; fails at run time: .* Fix: /,
      ),
    );
  });

  test("two resources do not take one name", () => {
    const found = errors((scope, network) => {
      const range = cidr("10.20.0.0/16");
      const services = new PrivateServicesAccess(scope, "services", { name: "services", network, range });
      for (const id of ["cache", "other"]) dependOn(cache(scope, id, network), services);
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^app\/other\/Resource .*: its name "cache" is also the name of google_redis_instance\.cache_\w+; rejected by the API: the name is taken\. Fix: /,
      ),
    ]);
  });

  test("a database waits for the private services connection", () => {
    const found = errors((scope, network) => {
      const range = cidr("10.20.0.0/16");
      new PrivateServicesAccess(scope, "services", { name: "services", network, range });
      cache(scope, "cache", network);
    });
    expect(found).toEqual([expect.stringMatching(/nothing makes "cache" wait for .* rejected by the API/)]);
  });

  test("a network of one stack is the same network in all others", () => {
    const { error } = synthesize((app) => {
      const first = stackOf(app, "first");
      const { resource: network } = new VpcNetwork(first, "network", { name: "main" });
      const range = cidr("10.8.0.0/26");
      new DirectEgressSubnet(first, "egress", { name: "egress", network: network.id, region, range });
      connector(stackOf(app, "second"), network.id);
    });
    expect(error.split("\n\n").slice(1)).toEqual([
      expect.stringMatching(
        /^second\/connector\/Resource .*: the range 10\.8\.0\.0\/28 overlaps 10\.8\.0\.0\/26, .*; rejected by the API: /,
      ),
    ]);
  });
});
