import path from "node:path";
import { expect, test } from "@jest/globals";
import { readGraph } from "../../graph/index.ts";
import { shownState } from "../../graph/state-file.ts";

const fixture = (name: string): string => path.join(__dirname, "../fixtures/states", name);

test("a state file says the same as what Terraform shows of it", async () => {
  const [raw, shown] = await Promise.all(
    ["running.tfstate", "running.show.json"].map((name) => readGraph([fixture(name)])),
  );
  const values = (graph: typeof raw) =>
    [...(graph?.all() ?? [])].map(({ address, type, values }) => [address, type, values]).sort();
  expect(values(raw).length).toBe(21);
  expect(values(raw)).toEqual(values(shown));
});

test("modules, keys, data sources and deposed instances", () => {
  const shown = shownState("terraform.tfstate", {
    version: 4,
    serial: 1,
    resources: [
      {
        module: 'module.net["a"]',
        mode: "managed",
        type: "google_compute_subnetwork",
        name: "app",
        instances: [
          { index_key: "x", attributes: { name: "one" } },
          { index_key: 0, attributes: { name: "two" } },
          { deposed: "00000001", attributes: { name: "old" } },
        ],
      },
      { mode: "data", type: "google_project", name: "this", instances: [{ attributes: {} }] },
    ],
  });
  const { root_module: module } = shown.values as { root_module: { resources: { address: string }[] } };
  expect(module.resources.map(({ address }) => address)).toEqual([
    'module.net["a"].google_compute_subnetwork.app["x"]',
    'module.net["a"].google_compute_subnetwork.app[0]',
    "data.google_project.this",
  ]);
});
