import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readGraph } from "../../graph/index.ts";

const DATABASE = {
  mode: "managed",
  type: "google_sql_database_instance",
  name: "this",
  address: "module.data.google_sql_database_instance.this",
  provider_name: "registry.terraform.io/hashicorp/google",
};

const PLAN = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: {
    root_module: { child_modules: [{ address: "module.data", resources: [{ ...DATABASE, values: {} }] }] },
  },
  resource_changes: [
    {
      ...DATABASE,
      module_address: "module.data",
      change: { actions: ["create"], before: null, after: {}, after_unknown: {} },
    },
  ],
  configuration: {
    root_module: {
      module_calls: {
        network: { module: { outputs: { id: { expression: { constant_value: "vpc" } } } } },
        data: {
          depends_on: ["google_project_service.sql"],
          expressions: { network: { references: ["module.network.id", "module.network"] } },
          module: {
            variables: { network: {} },
            resources: [{ ...DATABASE, expressions: { root_password: { references: ["var.network"] } } }],
          },
        },
      },
    },
  },
};

test("a resource waits for the modules whose outputs it takes, and for what the call of its own depends on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  const file = join(folder, "plan.json");
  try {
    writeFileSync(file, JSON.stringify(PLAN));
    const graph = await readGraph([file]);
    const [database] = graph.all("google_sql_database_instance");
    expect([...(database?.dependencies ?? [])]).toEqual(
      expect.arrayContaining(["module.network", "google_project_service.sql"]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
