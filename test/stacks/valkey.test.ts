import { describe, expect, test } from "@jest/globals";
import { budgetChanges } from "../../review/budget/budgets.ts";
import { statedBy } from "../../review/drift/environment-keys.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { findings, type Json, resources, synthesisOf, synthesized } from "../support/synthesized.ts";

const { plan, environment } = changedShape("valkeys");
const subject = environment();
const stacks = synthesized(subject);
const INSTANCE = "google_memorystore_instance";

describe("instances of Valkey", () => {
  const [pages, sessions] = resources(stacks["valkeys-data"], INSTANCE);

  test("without shards are no cluster, with TLS and IAM, and protected as the environment says", () => {
    expect(sessions).toMatchObject({
      instance_id: "valkeys-sessions",
      mode: "CLUSTER_DISABLED",
      shard_count: 1,
      replica_count: 0,
      authorization_mode: "IAM_AUTH",
      transit_encryption_mode: "SERVER_AUTHENTICATION",
      deletion_protection_enabled: false,
      lifecycle: { prevent_destroy: true },
      desired_auto_created_endpoints: [
        { network: "projects/acme-web/global/networks/valkeys-vpc", project_id: "acme-web" },
      ],
    });
    expect(pages).toMatchObject({
      mode: "CLUSTER",
      shard_count: 3,
      replica_count: 1,
      authorization_mode: "AUTH_DISABLED",
      transit_encryption_mode: "TRANSIT_ENCRYPTION_DISABLED",
      deletion_protection_enabled: true,
    });
  });

  test("are found by the endpoint of their kind, whatever its place in the list", () => {
    const records = resources(stacks["valkeys-data"], "google_dns_record_set");
    expect(records.map(({ name, rrdatas }) => [name, /CONNECTION_TYPE_\w+/.exec(rrdatas[0])?.[0]])).toEqual([
      ["redis-queue.valkeys.internal.", undefined],
      ["valkey-pages.valkeys.internal.", "CONNECTION_TYPE_DISCOVERY"],
      ["valkey-sessions.valkeys.internal.", "CONNECTION_TYPE_PRIMARY"],
    ]);
  });

  test("come after the policy that lets Google create their endpoints, and are reached through the firewall", () => {
    const network = stacks["valkeys-network"];
    expect(resources(network, "google_network_connectivity_service_connection_policy")).toMatchObject([
      { service_class: "gcp-memorystore", location: "europe-west1" },
    ]);
    const rule = resources(network, "google_compute_firewall").find(({ name }) =>
      /egress-valkey|allow-valkey/.test(name),
    );
    expect(rule).toMatchObject({
      allow: [{ protocol: "tcp", ports: ["6379", "11000-13047"] }],
      destination_ranges: ["10.8.32.0/29"],
    });
  });

  test("admit the accounts of those alone that log in, each to the instances that it uses", () => {
    const granted = resources(stacks["valkeys-foundation"], "google_project_iam_member")
      .filter(({ role }) => role === "roles/memorystore.dbConnectionUser")
      .map(({ member, condition }) => [/identity-([a-z]+)_/.exec(member)?.[1], condition]);
    expect(granted).toEqual([
      [
        "web",
        {
          title: "only valkey-sessions",
          expression: 'resource.name.endsWith("/locations/europe-west1/instances/valkeys-sessions")',
        },
      ],
    ]);
    const apis = resources(stacks["valkeys-foundation"], "google_project_service").map(
      ({ service }) => service,
    );
    expect(apis).toEqual(
      expect.arrayContaining([
        "memorystore.googleapis.com",
        "networkconnectivity.googleapis.com",
        "serviceconsumermanagement.googleapis.com",
      ]),
    );
  });

  test("have endpoints in a network of another project, and are counted in their own", () => {
    const shared = environment((draft: Draft) => {
      draft.projectNumber = "123456789012";
      draft.network.unmanaged = {
        network: "corp-vpc",
        hostProject: "acme-network",
        directEgress: "run-europe-west1",
        privateServices: "google-managed-services",
        privateServiceConnect: "valkey-europe-west1",
      };
    });
    // Memorystore: "This should be the same project_id that the instance is being created in."
    for (const instance of resources(synthesized(shared)["valkeys-data"], INSTANCE))
      expect(instance.desired_auto_created_endpoints).toEqual([
        { network: "projects/acme-network/global/networks/corp-vpc", project_id: "acme-web" },
      ]);
  });

  test("have one budget each: npm start, the review and the rule book count the same", () => {
    const whole = plan();
    const graph = synthesisOf(subject).graph(subject);
    const levels = budgetChanges(graph, graph, whole)
      .filter(({ unit }) => unit === "clients")
      .map(({ name, after }) => [name, after]);
    expect(levels.sort()).toEqual(
      whole.connectionBudget.caches
        .map(({ instance, used, limit }) => [
          `Clients of ${instance.engine.label} ${instance.instance}`,
          { used, limit },
        ])
        .sort(),
    );
  });

  test("hold the rule book, which asks for their policy", () => {
    expect(findings(subject).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("are imported where they exist, with their subnet and policy", () => {
    const imported = synthesized(
      environment((draft: Draft) => {
        draft.existing = {
          network: true,
          privateServiceConnect: "legacy-endpoints",
          serviceConnectionPolicy: "legacy-memorystore",
          caches: { sessions: "projects/acme-web/locations/europe-west1/instances/legacy-sessions" },
        };
      }),
    );
    const ids = (stack: string) => (imported[stack] as Json).import.map(({ id }: Json) => id);
    expect(ids("valkeys-data")).toEqual([
      "projects/acme-web/locations/europe-west1/instances/legacy-sessions",
    ]);
    expect(ids("valkeys-network")).toEqual([
      "projects/acme-web/global/networks/valkeys-vpc",
      "projects/acme-web/regions/europe-west1/subnetworks/legacy-endpoints",
      "projects/acme-web/locations/europe-west1/serviceConnectionPolicies/legacy-memorystore",
    ]);
  });

  test("name the setting behind what drifts", () => {
    const settingOf = (attribute: string) =>
      statedBy(subject, {
        stack: "valkeys-data",
        type: INSTANCE,
        attribute,
        address: `${INSTANCE}.cache-sessions_0123ABCD`,
      });
    expect(settingOf("node_type")).toBe("caches.sessions.nodeType");
    expect(settingOf("engine_configs.maxmemory-policy")).toBe("caches.sessions.evictionPolicy");
  });
});
