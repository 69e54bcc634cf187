import { describe, expect, test } from "@jest/globals";
import { sharesByDatabase } from "../../analysis/capacity/pools.ts";
import { platformPlan } from "../../platform/plan.ts";
import { changedShape } from "../support/changed-shape.ts";
import { probedWorkers } from "../support/probed-workers.ts";
import {
  findings,
  type Json,
  resource,
  resources,
  synthesisOf,
  synthesized,
} from "../support/synthesized.ts";

const { environment } = changedShape("workers");
const subject = environment();
const stacks = synthesized(subject);
const pool: Json = resource(stacks["workers-workers-kafka"], "google_cloud_run_v2_worker_pool");

describe("the stack of a worker pool", () => {
  test("has its instances, all of the newest revision, and no way in", () => {
    expect(pool).toMatchObject({
      name: "workers-kafka",
      location: "europe-west1",
      scaling: { manual_instance_count: 3 },
      instance_splits: [{ type: "INSTANCE_SPLIT_ALLOCATION_TYPE_LATEST", percent: 100 }],
      deletion_protection: false,
    });
    expect(JSON.stringify(pool)).not.toMatch(/ingress|traffic|container_port|concurrency/);
  });

  test("runs as its own identity, with its rights, in the network", () => {
    expect(pool.template).toMatchObject({
      service_account: "workers-kafka-run@acme-web.iam.gserviceaccount.com",
      vpc_access: { egress: "PRIVATE_RANGES_ONLY", network_interfaces: [{ network: expect.any(String) }] },
    });
    const roles = resources(stacks["workers-foundation"], "google_project_iam_member").map(
      ({ role }) => role,
    );
    expect(roles.sort()).toEqual(["roles/bigquery.jobUser", "roles/cloudsql.client"]);
    const invokers = resources(stacks["workers-service-api"], "google_cloud_run_v2_service_iam_member");
    expect(invokers.map(({ member }) => member)).toEqual([
      "serviceAccount:workers-kafka-run@acme-web.iam.gserviceaccount.com",
    ]);
    expect(JSON.stringify(stacks["workers-messaging"])).toContain("workers-kafka-run@");
  });

  test("probes its containers with the window of all services, in their order", () => {
    const probed = environment(probedWorkers);
    const [own, proxy] = resource(
      synthesized(probed)["workers-workers-kafka"],
      "google_cloud_run_v2_worker_pool",
    ).template.containers;
    expect(findings(probed).filter(({ severity }) => severity === "error")).toEqual([]);
    expect([own.name, own.depends_on, proxy.name]).toEqual(["kafka", ["proxy"], "proxy"]);
    const timing = { period_seconds: 5, timeout_seconds: 2 };
    expect([own.startup_probe, own.liveness_probe, proxy.startup_probe]).toEqual([
      { ...timing, tcp_socket: { port: 8090 }, failure_threshold: 120 },
      { ...timing, http_get: { path: "/alive", port: 8090 }, failure_threshold: 3 },
      { ...timing, tcp_socket: { port: 9000 }, failure_threshold: 12 },
    ]);
  });

  test("comes after what it calls and uses, and before operations", () => {
    const of = (name: string) =>
      synthesisOf(subject).stacks.find((stack) => stack.name === name)?.dependencies;
    expect(of("workers-workers-kafka")).toEqual(
      expect.arrayContaining(["workers-data", "workers-messaging", "workers-service-api"]),
    );
    expect(of("workers-operations")).toContain("workers-workers-kafka");
  });

  test("goes through a connector where it states one", () => {
    const json = synthesized(
      environment((draft) => {
        draft.provider = "7";
        draft.network = {
          addresses: { ...draft.network.addresses, connector: "10.8.16.0/28" },
          connector: { minInstances: 2, maxInstances: 3 },
        };
        Object.assign(draft.workerPools[0], { path: "connector", dependsOn: [] });
      }),
    );
    expect(
      resource(json["workers-workers-kafka"], "google_cloud_run_v2_worker_pool").template.vpc_access,
    ).toEqual({
      connector: "projects/acme-web/locations/europe-west1/connectors/workers-connector",
      egress: "PRIVATE_RANGES_ONLY",
    });
  });
});

/** The kind: a number that is printed, and another one that is proven. */
test("the connections that are printed are those that the rule book counts", () => {
  const [shares] = [...sharesByDatabase(synthesisOf(subject).graph(subject)).values()];
  const printed = platformPlan(subject).connectionBudget.databases[0]?.shares.find(
    ({ owner }) => owner === "kafka",
  );
  expect(shares?.map(({ amount }) => amount)).toEqual([printed?.connections]);
});
