import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { existingKinds, typeOf } from "../../platform/existing/kinds.ts";
import { platformPlan } from "../../platform/plan.ts";
import { environment, production } from "../support/environments.ts";
import { type Json, synthesized } from "../support/synthesized.ts";

const imports = (stacks: Record<string, Json>): [string, string, string][] =>
  Object.entries(stacks).flatMap(([stack, json]) =>
    ((json.import ?? []) as { to: string; id: string }[]).map(({ to, id }): [string, string, string] => [
      stack,
      to.split(".")[0] ?? "",
      id,
    ]),
  );

test("staging imports what runs already, each under the name that Google has", () => {
  expect(imports(synthesized(environment())).sort()).toEqual(
    [
      [
        "staging-data",
        "google_sql_database_instance",
        "projects/netra-staging/instances/staging-shared-postgres",
      ],
      [
        "staging-data",
        "google_sql_database",
        "projects/netra-staging/instances/staging-shared-postgres/databases/netra",
      ],
      [
        "staging-data",
        "google_redis_instance",
        "projects/netra-staging/locations/us-central1/instances/staging-redis",
      ],
      ["staging-network", "google_compute_network", "projects/netra-staging/global/networks/staging-vpc"],
      [
        "staging-network",
        "google_vpc_access_connector",
        "projects/netra-staging/locations/us-central1/connectors/staging-connector",
      ],
      [
        "staging-service-auth",
        "google_cloud_run_v2_service",
        "projects/netra-staging/locations/us-central1/services/staging-auth",
      ],
      [
        "staging-service-backend",
        "google_cloud_run_v2_service",
        "projects/netra-staging/locations/us-central1/services/netra-backend-staging",
      ],
      [
        "staging-service-frontend",
        "google_cloud_run_v2_service",
        "projects/netra-staging/locations/us-central1/services/staging-frontend",
      ],
    ].sort(),
  );
});

test("production was made new and imports nothing", () => {
  expect(imports(synthesized(production()))).toEqual([]);
});

test("every slot leads to a resource of its type that has the name in its id", () => {
  const whole = environment((draft) => {
    draft.network.addresses.privateServiceConnect = "10.200.0.0/28";
    draft.existing = {
      ...Object.fromEntries(
        existingKinds
          .filter(
            (kind) =>
              // Of several databases, caches and connectors, which staging does not have.
              ![
                "connectors",
                "natAddresses",
                "services",
                "serviceAccounts",
                "secrets",
                "databases",
                "databaseNames",
                "caches",
              ].includes(kind),
          )
          .map((kind) => [kind, true]),
      ),
      natAddresses: ["legacy-address"],
      services: { auth: true, backend: "legacy-backend", frontend: true },
      serviceAccounts: { auth: "legacy-auth", backend: true, frontend: true },
      secrets: draft.secrets.map(({ name }: { name: string }) => name),
    };
  });
  const slots = platformPlan(whole).existingSlots;
  const stacks = synthesized(whole);
  const blocks = Object.values(stacks).flatMap((json) =>
    ((json.import ?? []) as { to: string; id: string }[]).map(({ to, id }) => ({ to, id, json })),
  );
  expect(blocks).toHaveLength(slots.length);
  for (const { kind, id, name } of slots) {
    const block = blocks.find((candidate) => candidate.id === id);
    const [type = "", label = ""] = block?.to.split(".") ?? [];
    expect([id, type]).toEqual([id, typeOf(kind)]);
    const values = block?.json.resource[type][label];
    // The connection has no name of its own, and is one for each network.
    const named = values.name ?? values.secret_id ?? values.account_id ?? values.repository_id ?? name;
    expect([id, named]).toEqual([id, name]);
  }
});

describe("Terraform reads the blocks", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "imports-"));
  const terraform = (...args: string[]) =>
    spawnSync("terraform", args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
    });
  beforeAll(() => {
    // terraform_data is built in: the same shape, with a real import.
    const json = {
      resource: { terraform_data: { database_EBDE4557: { input: "a" } } },
      import: [{ to: "terraform_data.database_EBDE4557", id: "there-already" }],
    };
    writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(json));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the first plan imports, and once it is in the state the block is ignored", () => {
    expect(terraform("init", "-input=false", "-no-color").status).toBe(0);
    const first = terraform("plan", "-input=false", "-no-color");
    expect(first.stdout).toContain("1 to import, 0 to add");
    expect(terraform("apply", "-auto-approve", "-input=false", "-no-color").stdout).toContain("1 imported");
    const second = terraform("plan", "-input=false", "-no-color", "-detailed-exitcode");
    expect([second.status, second.stdout]).toEqual([0, expect.stringContaining("No changes.")]);
  });
});
