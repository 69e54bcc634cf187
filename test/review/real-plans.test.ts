import { describe, expect, test } from "@jest/globals";
import { reviewMarkdown } from "../../review/report/markdown.ts";
import { changeAt, errors, open, reviewOfReal } from "./support.ts";

const DATABASE = "google_sql_database_instance.orders";
const CONNECTOR = "google_vpc_access_connector.main";
const REDIS = "google_redis_instance.cache";
const API = "google_cloud_run_v2_service.api";
const WORKER = "google_cloud_run_v2_service.worker";

const messages = (name: string, address: string): string =>
  changeAt(reviewOfReal(name), address).impact.join(" ");

describe("plans that a real provider made", () => {
  test("01: what is created needs no acknowledgement, and every resource is told", () => {
    const review = reviewOfReal("01-create");
    expect(review.verdict).toBe("safe");
    expect(review.stacks[0]?.changes).toHaveLength(25);
    expect(changeAt(review, DATABASE).impact).toEqual([
      "database instance dev-orders-pg is created EMPTY, which takes 10 to 30 minutes.",
    ]);
    expect(changeAt(review, CONNECTOR).impact[0]).toContain("carries 600 Mbit/s at most");
    expect(changeAt(review, REDIS).impact[0]).toContain("on port 6379");
    expect(review.topology.added.length).toBeGreaterThan(10);
    expect(review.topology.removed).toEqual([]);
  });

  test("02: no change is safe, whatever the provider calls drift", () => {
    const review = reviewOfReal("02-no-change");
    expect(review.verdict).toBe("safe");
    expect(review.reasons).toEqual([]);
    expect(review.stacks[0]).toMatchObject({ changes: [], unchanged: 25 });
    expect(review.topology).toEqual({ added: [], removed: [] });
    expect(reviewMarkdown(review)).toContain("## ✅ Safe: dev (no changes)");
    expect(review.findings.filter(({ since }) => since === "new")).toEqual([]);
  });

  test("03: a connector grows in place, and its throughput with it", () => {
    const review = reviewOfReal("03-connector-grow");
    expect(review.verdict).toBe("safe");
    expect(messages("03-connector-grow", CONNECTOR)).toContain(
      "grows in place (max_instances 6 to 9) and carries 900 Mbit/s",
    );
    expect(review.budgets).toContainEqual(
      expect.objectContaining({
        name: "Throughput of connector dev-connector",
        before: { used: 400, limit: 600 },
        after: { used: 400, limit: 900 },
      }),
    );
  });

  test("04: a connector that shrinks is replaced, and the services on it lose the VPC", () => {
    const review = reviewOfReal("04-connector-shrink");
    expect(review.verdict).toBe("needs acknowledgement");
    expect(open(review)).toEqual([`replace ${CONNECTOR}`]);
    expect(messages("04-connector-shrink", CONNECTOR)).toBe(
      "connector dev-connector is REPLACED because max_instances went 6 to 4: service dev-api loses the VPC for about 5 minutes.",
    );
    expect(changeAt(review, CONNECTOR).attributes).toContainEqual({
      path: "max_instances",
      before: "6",
      after: "4",
      forcesReplacement: true,
    });
  });

  test("05: a subnet of another range is held by the addresses of Cloud Run", () => {
    const review = reviewOfReal("05-subnet-range");
    expect(review.verdict).toBe("needs acknowledgement");
    expect(open(review)).toEqual(["replace google_compute_subnetwork.direct"]);
    const sentence = messages("05-subnet-range", "google_compute_subnetwork.direct");
    expect(sentence).toContain("ip_cidr_range went 10.40.8.0/26 to 10.40.9.0/26");
    expect(sentence).toContain("service dev-worker has instances in it");
    expect(sentence).toContain("up to two hours");
  });

  test("06: another tier restarts the database, whatever Terraform calls it", () => {
    const review = reviewOfReal("06-database-tier");
    expect(review.verdict).toBe("needs acknowledgement");
    expect(open(review)).toEqual([`update ${DATABASE}`]);
    expect(messages("06-database-tier", DATABASE)).toBe(
      "database instance dev-orders-pg RESTARTS for tier db-custom-2-7680 to db-custom-4-15360: services dev-api and dev-worker lose every connection for about a minute.",
    );
  });

  test("07: a smaller disk deletes the database", () => {
    const review = reviewOfReal("07-database-disk-shrink");
    expect(review.verdict).toBe("needs acknowledgement");
    expect(open(review)).toEqual([`replace ${DATABASE}`]);
    const sentence = messages("07-database-disk-shrink", DATABASE);
    expect(sentence).toContain("is REPLACED because settings.disk_size went 50 to 20");
    expect(sentence).toContain("all data and all automatic backups are deleted");
    expect(sentence).toContain("blocked for a week");
    expect(messages("07-database-disk-shrink", API)).toContain(
      "NEW REVISION, to which traffic moves once it has started: environment variable POSTGRES_HOST 10.41.0.192 to (known after apply)",
    );
  });

  test("08: backups that nobody writes any more are told although Terraform says no changes", () => {
    const review = reviewOfReal("08-database-backups-dropped");
    expect(review.verdict).toBe("needs acknowledgement");
    expect(open(review)).toEqual([`update ${DATABASE}`]);
    expect(review.stacks[0]?.unchanged).toBe(25);
    expect(changeAt(review, DATABASE).action).toBe("none");
    expect(messages("08-database-backups-dropped", DATABASE)).toContain(
      "backup_configuration is no longer configured, and Terraform shows no change",
    );
  });

  test("09: fewer connections than the services open are refused, with the budget", () => {
    const review = reviewOfReal("09-database-max-connections");
    expect(review.verdict).toBe("refused");
    expect(errors(review)).toEqual([`new capacity/database-connections ${DATABASE}`]);
    expect(open(review)).toEqual([`update ${DATABASE}`]);
    expect(messages("09-database-max-connections", DATABASE)).toContain(
      "RESTARTS for max_connections 400 to 200",
    );
    expect(review.budgets).toContainEqual(
      expect.objectContaining({
        name: "Connections to database dev-orders-pg",
        before: { used: 256, limit: 397 },
        after: { used: 256, limit: 197 },
      }),
    );
  });

  test("10: Redis with TLS is another Redis, on another port, which the services do not know", () => {
    const review = reviewOfReal("10-redis-tls");
    expect(review.verdict).toBe("refused");
    expect(errors(review)).toEqual([
      `new reachability/redis-port ${API}`,
      `new reachability/redis-port ${WORKER}`,
      `new reachability/redis-port ${REDIS}`,
    ]);
    expect(open(review)).toEqual([`replace ${REDIS}`]);
    const sentence = messages("10-redis-tls", REDIS);
    expect(sentence).toContain("all data in it are lost, it gets a new address and a new AUTH string");
    expect(sentence).toContain("its port becomes 6378 (TLS)");
    expect(sentence).toContain("services dev-api and dev-worker have no cache");
  });

  test("11: more memory fails over to the replica", () => {
    const review = reviewOfReal("11-redis-memory");
    expect(review.verdict).toBe("safe");
    expect(messages("11-redis-memory", REDIS)).toContain(
      "grows from 2 to 5 GB in place: it fails over to its replica",
    );
  });

  test("12: a removed service is destroyed, its connections and its edge go", () => {
    const review = reviewOfReal("12-service-removed");
    expect(review.verdict).toBe("needs acknowledgement");
    expect(open(review)).toEqual([`destroy ${WORKER}`]);
    expect(messages("12-service-removed", WORKER)).toContain(
      "is DESTROYED because it is no longer in the code",
    );
    const from = "Cloud Run service dev-worker";
    expect(review.topology.removed).toEqual([
      { from, to: "Redis dev-cache", label: "REDIS_HOST" },
      { from, to: "database instance dev-orders-pg", label: "POSTGRES_HOST" },
      { from, to: "subnet dev-direct", label: "" },
    ]);
    expect(review.budgets).toContainEqual(
      expect.objectContaining({ before: { used: 256, limit: 397 }, after: { used: 160, limit: 397 } }),
    );
  });

  test("13: a raised pool and deadline break two budgets", () => {
    const review = reviewOfReal("13-pool-and-deadline-raised");
    expect(review.verdict).toBe("refused");
    expect(errors(review)).toEqual([
      `new capacity/database-connections ${API}`,
      `new time/startup-window ${API}`,
    ]);
    expect(open(review)).toEqual([]);
    expect(messages("13-pool-and-deadline-raised", API)).toContain(
      "environment variable DATABASE_INIT_TIMEOUT_SECONDS 60 to 240 and environment variable DATABASE_MAX_OVERFLOW 5 to 40",
    );
    expect(review.budgets).toContainEqual(
      expect.objectContaining({
        name: "Start-up window of service dev-api",
        before: { used: 60, limit: 180 },
        after: { used: 240, limit: 180 },
      }),
    );
    expect(reviewMarkdown(review)).toContain("❌ 816 of 397 connections (206 %)");
  });

  test("14: what the API would refuse is refused", () => {
    const review = reviewOfReal("14-edge-mistakes");
    expect(review.verdict).toBe("refused");
    expect(errors(review)).toEqual([
      "new data/still-used google_compute_managed_ssl_certificate.edge",
      "new edge/certificate-domains google_compute_managed_ssl_certificate.edge",
      "new edge/serverless-settings google_compute_backend_service.api",
    ]);
    expect(open(review)).toEqual(["replace google_compute_managed_ssl_certificate.edge"]);
    expect(messages("14-edge-mistakes", "google_compute_backend_service.api")).toContain("timeout_sec");
  });

  test("15: a renamed address destroys the database", () => {
    const review = reviewOfReal("15-database-address-renamed");
    expect(review.verdict).toBe("refused");
    expect(errors(review)).toEqual(["new data/name-reused google_sql_database_instance.orders2"]);
    expect(open(review)).toEqual([`destroy ${DATABASE}`]);
    expect(messages("15-database-address-renamed", "google_sql_database_instance.orders2")).toContain(
      "EMPTY",
    );
  });

  test("16: instances of count and for_each are told one by one", () => {
    const review = reviewOfReal("16-count-and-for-each");
    expect(review.verdict).toBe("safe");
    expect(review.stacks[0]?.changes.map(({ address }) => address)).toEqual([
      "google_compute_firewall.allow[0]",
      "google_compute_firewall.allow[1]",
      'google_compute_subnetwork.extra["a"]',
      'google_compute_subnetwork.extra["b"]',
    ]);
    expect(review.topology.added).toHaveLength(2);
  });

  test("17: a module's subnet that overlaps is refused", () => {
    const review = reviewOfReal("17-module-overlapping-subnet");
    expect(review.verdict).toBe("refused");
    expect(errors(review)).toEqual(["new address/overlap module.extra.google_compute_subnetwork.this"]);
  });

  test("18: a refresh-only plan is none", () => {
    const review = reviewOfReal("18-drift-refresh-only");
    expect(review.verdict).toBe("refused");
    expect(review.stacks[0]?.failure).toContain("`npm run drift` reads those");
  });

  test("19: taking drift back replaces the connector", () => {
    const review = reviewOfReal("19-drift-normal-plan");
    expect(review.verdict).toBe("needs acknowledgement");
    expect(open(review)).toEqual([`replace ${CONNECTOR}`]);
    expect(messages("19-drift-normal-plan", API)).toContain("timeout 60s to 300s");
  });

  test("20: an import that is replaced at once says so", () => {
    const review = reviewOfReal("20-import");
    expect(review.verdict).toBe("needs acknowledgement");
    const imported = changeAt(review, CONNECTOR);
    expect(imported.importedFrom).toBe("projects/acme-dev/locations/europe-west1/connectors/dev-connector");
    expect(imported.impact.join(" ")).toContain("then destroyed at once and recreated");
    expect(reviewMarkdown(review)).toContain("**REPLACED, imported** `google_vpc_access_connector.main`");
  });

  test("21: a destroy plan asks for everything that holds data or carries traffic, and for nothing else", () => {
    const review = reviewOfReal("21-destroy");
    expect(review.verdict).toBe("needs acknowledgement");
    expect(open(review)).toContain(`destroy ${DATABASE}`);
    expect(open(review)).toContain("destroy google_project_service.redis");
    expect(open(review)).toContain("destroy google_compute_global_address.edge");
    expect(open(review)).not.toContain("destroy google_secret_manager_secret_iam_member.db");
    expect(open(review)).not.toContain("destroy google_compute_region_network_endpoint_group.api");
    // Both are only forgotten: their deletion_policy is ABANDON.
    expect(open(review)).not.toContain("destroy google_service_networking_connection.psa");
    expect(open(review)).toHaveLength(21);
  });

  test("state is no plan", () => {
    const state = { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: {} } };
    const review = reviewOfReal("02-no-change", (plan) => {
      for (const key of Object.keys(plan)) delete plan[key];
      Object.assign(plan, state);
    });
    expect(review.stacks[0]?.failure).toContain("this is a state, not a plan");
  });
});

describe("plans that are damaged", () => {
  test("what cannot be read is refused, never passed over", () => {
    const noType = reviewOfReal("03-connector-grow", (json) => {
      delete json.resource_changes[0].type;
    });
    expect(noType.verdict).toBe("refused");
    expect(noType.reasons[0]).toContain(
      "the plan is damaged: a resource in it has no address, type or action",
    );
    const noActions = reviewOfReal("03-connector-grow", (json) => {
      json.resource_changes[0].change = null;
    });
    expect(noActions.verdict).toBe("refused");
  });

  test("names that every object has are names like others", () => {
    const review = reviewOfReal("03-connector-grow", (json) => {
      json.resource_changes[0].type = "constructor";
      json.resource_changes[0].change.actions = ["constructor"];
      for (const stored of json.planned_values.root_module.resources) stored.type = "constructor";
    });
    expect(open(review)).toContain(`destroy ${API}`);
  });
});
