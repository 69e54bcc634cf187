import { describe, expect, test } from "@jest/globals";
import { type App, TerraformResource } from "cdktf";
import { platformPlan } from "../../platform/plan.ts";
import { environment } from "../support/environments.ts";
import { findings, stackOf } from "../support/synthesized.ts";

/** The resource of a type in a stack, found as somebody who overrides it would. */
function find(app: App, stack: string, type: string, name = ""): TerraformResource {
  const found = stackOf(app, stack)
    .node.findAll()
    .find(
      (child) =>
        child instanceof TerraformResource &&
        child.terraformResourceType === type &&
        child.node.path.includes(name),
    );
  if (!(found instanceof TerraformResource)) throw new Error(`no ${type} in ${stack}`);
  return found;
}

/** Position of a variable in the backend's environment. */
function variable(name: string): number {
  const staging = environment();
  const backend = staging.services.find((service) => service.name === "backend");
  return backend === undefined
    ? -1
    : platformPlan(staging)
        .contract(backend)
        .findIndex((candidate) => candidate.name === name);
}

interface Mistake {
  readonly what: string;
  readonly stack: string;
  readonly type: string;
  /** Part of the construct path, where the stack has several of the type. */
  readonly name?: string;
  readonly overrides: Readonly<Record<string, unknown>>;
  /** Rule that refuses it. */
  readonly rule: string | RegExp;
}

/** The tempting mistakes, made behind the schema's back. */
const mistakes: readonly Mistake[] = [
  {
    what: "a connector maximum above 10 (I-1)",
    stack: "staging-network",
    type: "google_vpc_access_connector",
    overrides: { max_instances: 15 },
    rule: /^address|capacity/,
  },
  {
    what: "a connector range that overlaps the direct egress subnet",
    stack: "staging-network",
    type: "google_vpc_access_connector",
    overrides: { ip_cidr_range: "10.1.8.0/28" },
    rule: "address/overlap",
  },
  {
    what: "a timeout on a serverless backend",
    stack: "staging-edge",
    type: "google_compute_backend_service",
    overrides: { timeout_sec: 600 },
    rule: /^edge/,
  },
  {
    what: "a health check on a serverless backend",
    stack: "staging-edge",
    type: "google_compute_backend_service",
    overrides: { health_checks: ["projects/netra-staging/global/healthChecks/app"] },
    rule: /^edge/,
  },
  {
    what: "a port name on a serverless backend",
    stack: "staging-edge",
    type: "google_compute_backend_service",
    overrides: { port_name: "https" },
    rule: /^edge/,
  },
  {
    what: "a start-up window above 600 s",
    stack: "staging-service-backend",
    type: "google_cloud_run_v2_service",
    overrides: { "template.containers.0.startup_probe.failure_threshold": 61 },
    rule: /^time/,
  },
  {
    what: "20 s of initialization where 75 s is written (I-4)",
    stack: "staging-service-backend",
    type: "google_cloud_run_v2_service",
    overrides: { [`template.containers.0.env.${variable("DATABASE_INIT_TIMEOUT_SECONDS")}.value`]: "20" },
    rule: /^time/,
  },
  {
    what: "PostgreSQL 16 without an edition",
    stack: "staging-data",
    type: "google_sql_database_instance",
    overrides: { database_version: "POSTGRES_16", "settings.edition": null },
    rule: /^data/,
  },
  {
    what: "a CIDR as reserved range with private services access",
    stack: "staging-data",
    type: "google_redis_instance",
    overrides: { reserved_ip_range: "10.166.4.0/29" },
    rule: "address/redis-range",
  },
  {
    what: "TLS Redis on another port: TLS switched off behind the services",
    stack: "staging-data",
    type: "google_redis_instance",
    overrides: { transit_encryption_mode: "DISABLED" },
    rule: /^reachability/,
  },
  {
    what: "max_connections below what two revisions open (I-3)",
    stack: "staging-data",
    type: "google_sql_database_instance",
    overrides: { "settings.database_flags.0.value": "400" },
    rule: "capacity/database-connections",
  },
  {
    what: "Redis on another network (I-2)",
    stack: "staging-data",
    type: "google_redis_instance",
    overrides: { authorized_network: "default" },
    rule: /^reachability/,
  },
  {
    what: "a connector in another region",
    stack: "staging-network",
    type: "google_vpc_access_connector",
    overrides: { region: "europe-west1" },
    rule: /^reachability/,
  },
  {
    what: "a service that names a database that does not exist (I-4)",
    stack: "staging-service-backend",
    type: "google_cloud_run_v2_service",
    overrides: {
      "template.volumes.0.cloud_sql_instance.instances.0": "netra-staging:us-central1:netra-staging-db",
    },
    rule: /^reachability/,
  },
  {
    what: "the Redis port missing from the firewall (I-2)",
    stack: "staging-network",
    type: "google_compute_firewall",
    name: "Allow-redis",
    overrides: { "allow.0.ports.0": "6379" },
    rule: /^reachability/,
  },
];

describe("an override that breaks a rule is refused", () => {
  test.each(mistakes)("$what", ({ stack, type, name, overrides, rule }) => {
    const found = findings(environment(), (app) => {
      const resource = find(app, stack, type, name);
      for (const [path, value] of Object.entries(overrides)) resource.addOverride(path, value);
    });
    const errors = found.filter((finding) => finding.severity === "error");
    expect(errors.map((finding) => finding.rule)).toContainEqual(
      typeof rule === "string" ? rule : expect.stringMatching(rule),
    );
    for (const { message, fix, address, path } of errors) {
      expect(message).toMatch(
        /rejected (by the API|at plan)|fails at run time|refused at (plan|apply)|breaks at run time/,
      );
      expect(message).not.toContain("\n");
      expect(fix).not.toBe("");
      expect(address).toMatch(/^google_/);
      expect(path).toMatch(/^staging-/);
    }
  });

  test("ALL_TRAFFIC without Cloud NAT", () => {
    const found = findings(environment(), (app) => {
      const nat = stackOf(app, "staging-network").node.findChild("nat");
      nat.node.tryRemoveChild("Resource");
    });
    expect(
      found.filter(({ severity }) => severity === "error").map(({ rule, path }) => [rule, path]),
    ).toEqual([
      [expect.stringMatching(/^reachability/), "staging-preflight/preflight-backend/Resource"],
      [expect.stringMatching(/^reachability/), "staging-service-backend/service-backend/Resource"],
    ]);
  });

  test("a private address without the service networking connection", () => {
    const found = findings(environment(), (app) => {
      stackOf(app, "staging-network").node.findChild("private-services").node.tryRemoveChild("Resource");
    });
    const paths = found.filter(({ severity }) => severity === "error").map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(["staging-data/database/Resource", "staging-data/cache/Resource"]),
    );
  });
});
