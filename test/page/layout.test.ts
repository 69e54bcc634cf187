import { expect, test } from "@jest/globals";
import { type Drawing, layOut } from "../../page/layout.ts";
import { graphOf } from "../rules/support.ts";

const [resource] = graphOf({ google_cloud_run_v2_service: { api: { name: "api" } } }).all();

/** Services, each behind a backend and on one network. */
function drawing(services: number, name: (index: number) => string): Drawing {
  if (resource === undefined) throw new Error("the graph is empty");
  const numbers = Array.from({ length: services }, (_, index) => index);
  return {
    nodes: [
      ...numbers.flatMap((index) => [
        { id: `b${index}`, layer: "edge" as const, lines: [name(index), "backend service"], resource },
        { id: `s${index}`, layer: "services" as const, lines: [name(index), "Cloud Run service"], resource },
      ]),
      { id: "n", layer: "network", lines: ["main", "VPC network"], resource },
    ],
    edges: numbers.flatMap((index) => [
      { from: `b${index}`, to: `s${index}`, label: "" },
      { from: `s${index}`, to: "n", label: "" },
    ]),
  };
}

test.each([3, 100])(
  "boxes of %i services do not overlap, are in their layer, and have about the shape of a screen",
  async (count) => {
    const { nodes, edges, layers, width, height } = await layOut(
      drawing(count, (index) => `service-${index}`),
    );
    expect(nodes).toHaveLength(2 * count + 1);
    const overlapping = nodes.flatMap((a, index) =>
      nodes
        .slice(index + 1)
        .filter((b) => Math.abs(a.x - b.x) < a.width && Math.abs(a.y - b.y) < (a.height + b.height) / 2)
        .map((b) => [a.id, b.id]),
    );
    expect(overlapping).toEqual([]);
    const titles: Readonly<Record<string, string>> = {
      edge: "Edge",
      services: "Services",
      network: "Network",
    };
    for (const { layer, x, y, ...box } of nodes) {
      const around = layers.find(({ title }) => title === titles[layer]);
      if (around === undefined) throw new Error(`there is no layer ${layer}`);
      expect(x - box.width / 2).toBeGreaterThanOrEqual(around.x);
      expect(x + box.width / 2).toBeLessThanOrEqual(around.x + around.width);
      expect(y - box.height / 2).toBeGreaterThanOrEqual(around.y);
      expect(y + box.height / 2).toBeLessThanOrEqual(around.y + around.height);
    }
    expect(edges.every(({ path }) => /^M[-\d.,]+C[-\d., L]+$/.test(path))).toBe(true);
    expect(width / height).toBeGreaterThan(0.5);
    expect(width / height).toBeLessThan(3);
  },
);

/** The kind: names that are told apart only by what is left out of them. */
test("long names that differ in their middle stay different", async () => {
  const { nodes } = await layOut(drawing(3, (index) => `staging-edge-of-service-${index}-in-europe-west1`));
  expect(nodes.filter(({ layer }) => layer === "edge").map(({ lines: [name] }) => name)).toEqual([
    "…ervice-0-in-europe-west1",
    "…ervice-1-in-europe-west1",
    "…ervice-2-in-europe-west1",
  ]);
});
