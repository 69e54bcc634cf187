import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { readGraph } from "../../graph/index.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { type Adoption, adoptionOf } from "../../review/adoption/adoption.ts";
import { changedShape } from "../support/changed-shape.ts";
import { environment } from "../support/environments.ts";
import type { Json } from "../support/synthesized.ts";

const undeclared = environment((draft) => {
  delete draft.existing;
});

type Found = readonly [type: string, name: string, values: Json];

/** What is made of a state with these resources. */
function adopted(...resources: readonly Found[]): Promise<Adoption> {
  return adoptedBy(undeclared, resources);
}

async function adoptedBy(subject: Environment, resources: readonly Found[]): Promise<Adoption> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "adopted-"));
  try {
    const file = path.join(folder, "state.json");
    const listed = resources.map(([type, name, values]) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      values,
    }));
    writeFileSync(
      file,
      JSON.stringify({ format_version: "1.0", values: { root_module: { resources: listed } } }),
    );
    return adoptionOf(platformPlan(subject), await readGraph([file]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sql = (more: Json): Json => ({
  database_version: "POSTGRES_15",
  settings: [{ tier: "db-f1-micro" }],
  ...more,
});

test("neither MySQL nor a replica is taken for the database", async () => {
  const adoption = await adopted(
    ["google_sql_database_instance", "mysql", sql({ name: "mysql", database_version: "MYSQL_8_0" })],
    ["google_sql_database_instance", "replica", sql({ name: "replica", master_instance_name: "main" })],
    ["google_sql_database_instance", "main", sql({ name: "main" })],
  );
  expect(adoption.found.filter(({ slot }) => slot === "existing.database")).toEqual([
    expect.objectContaining({ name: "main" }),
  ]);
  expect(adoption.undecided).toEqual([]);
});

test("what the platform decides by itself is told where the database has it otherwise", async () => {
  const settings = {
    tier: "db-f1-micro",
    ip_configuration: [{ ipv4_enabled: true, ssl_mode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }],
    backup_configuration: [{ point_in_time_recovery_enabled: false }],
  };
  const { disagreements } = await adopted([
    "google_sql_database_instance",
    "main",
    sql({ name: "main", settings: [settings] }),
  ]);
  const effects = Object.fromEntries(disagreements.map((each) => [each.path, each.effect]));
  expect(effects["platform: no public address"]).toContain("who uses its public address is cut off");
  expect(effects["platform: TLS only"]).toContain("clients without TLS are refused");
  expect(effects["platform: point-in-time recovery"]).toContain("the database restarts");
});

test("a subnet within the stated range is enlarged, any other one is replaced", async () => {
  const effectOf = async (range: string) => {
    const { disagreements } = await adopted(
      ["google_compute_network", "main", { name: "vpc", auto_create_subnetworks: false }],
      ["google_compute_subnetwork", "direct", { name: "staging-direct-egress", ip_cidr_range: range }],
    );
    return disagreements.find((each) => each.path === "network.addresses.directEgress")?.effect;
  };
  expect(await effectOf("10.1.8.0/26")).toBe("enlarged in place; it cannot shrink again");
  expect(await effectOf("10.1.9.0/24")).toBe("REPLACED: destroyed and recreated");
});

test("an instance of Valkey is recognized with the subnet and the policy of its endpoints, and a Redis is not one", async () => {
  const network = "projects/acme-web/global/networks/legacy-vpc";
  const found = await adoptedBy(changedShape("valkey").environment(), [
    ["google_compute_network", "main", { name: "legacy-vpc", auto_create_subnetworks: false }],
    [
      "google_compute_subnetwork",
      "endpoints",
      {
        name: "valkey-private-service-connect",
        network,
        region: "europe-west1",
        ip_cidr_range: "10.8.48.0/28",
      },
    ],
    [
      "google_network_connectivity_service_connection_policy",
      "memorystore",
      { name: "legacy", network, location: "europe-west1", service_class: "gcp-memorystore" },
    ],
    ["google_redis_instance", "old", { name: "legacy-redis", region: "europe-west1", tier: "BASIC" }],
    [
      "google_memorystore_instance",
      "valkey",
      {
        instance_id: "legacy-valkey",
        location: "europe-west1",
        mode: "CLUSTER",
        node_type: "HIGHMEM_MEDIUM",
        replica_count: 1,
      },
    ],
  ]);
  expect(found.proposal).toContain(
    [
      '  network: "legacy-vpc",',
      "  privateServiceConnect: true,",
      '  serviceConnectionPolicy: "legacy",',
      '  cache: "legacy-valkey",',
    ].join("\n"),
  );
  expect(found.unclaimed).toContain("google_redis_instance.old");
  expect(found.disagreements.map((each) => Object.values(each).join(" ")).join("\n")).toMatch(
    /10\.8\.48\.0\/28.*\n.*HIGHMEM_MEDIUM.*in place.*\n.*CLUSTER.*REPLACED/s,
  );
});
