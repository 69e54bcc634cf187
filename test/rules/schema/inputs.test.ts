import { expect, test } from "@jest/globals";
import { graphFromTerraformJson, ResourceGraph, readPlan, readState } from "../../../graph/index.ts";
import { rulesOf } from "../../../rules/index.ts";
import { runRules } from "../../../rules/run.ts";

const address = "google_redis_instance.it";
/** What a provider fills in, and leaves null. */
const values = { name: "cache", host: "10.0.0.4", memory_size_gb: null, new_attribute: 1 };
const stored = { address, mode: "managed", type: "google_redis_instance", name: "it", values };

test("what a plan or a state holds, the provider has checked and filled in", () => {
  const values_ = { root_module: { resources: [stored] } };
  const plan = readPlan("plan.json", {
    format_version: "1.2",
    planned_values: values_,
    resource_changes: [
      {
        address,
        mode: "managed",
        type: stored.type,
        name: "it",
        change: { actions: ["create"], before: null, after: values, after_unknown: {} },
      },
    ],
  });
  const state = readState("state.json", { format_version: "1.0", values: values_ });
  for (const input of [plan, state]) {
    const graph = new ResourceGraph([input]);
    expect(graph.all()).toHaveLength(1);
    expect(runRules(graph, rulesOf("schema"))).toEqual([]);
  }
});

test("the same as a configuration is refused", () => {
  const json = { resource: { google_redis_instance: { it: { name: "cache", host: "10.0.0.4" } } } };
  const findings = runRules(graphFromTerraformJson([{ origin: "test", json }]), rulesOf("schema"));
  expect(findings.map(({ rule }) => rule)).toEqual(["schema/missing-attribute", "schema/read-only"]);
});
