import { expect, test } from "@jest/globals";
import { topologyDot } from "../../../analysis/topology/dot.ts";
import { shortLabels, type Topology } from "../../../analysis/topology/picture.ts";

const box = (id: string, layer: "services" | "data"): Topology["nodes"][number] => ({
  id,
  layer,
  lines: [id],
  resource: undefined,
});
const arrowsOf = (databases: readonly string[]): string[] =>
  topologyDot("busy", {
    nodes: [box("web", "services"), ...databases.map((id) => box(id, "data"))],
    edges: databases.flatMap((id) =>
      ["socket", `${id.toUpperCase()}_CLOUD_SQL_INSTANCE`, `${id.toUpperCase()}_POSTGRES_HOST`].map(
        (label) => ({
          from: "web",
          to: id,
          label,
        }),
      ),
    ),
  })
    .split("\n")
    .filter((line) => line.includes("->"))
    .map((line) => line.trim());

/** The kind: labels of arrows that overprint, or stand between two arrows, where a box has many. */
test("many labelled arrows of one box are short, and each has the colour of its target", () => {
  const arrows = arrowsOf(["orders", "reports", "audit"]);
  expect(arrows[0]).toBe('web -> orders [label="socket\\nORDERS_..." color="#1d4ed8" fontcolor="#1d4ed8"]');
  expect(new Set(arrows.map((arrow) => /fontcolor="([^"]+)"/.exec(arrow)?.[1])).size).toBe(3);
});

test("few say all variables", () => {
  expect(arrowsOf(["orders", "reports"])).toEqual([
    'web -> orders [label="socket\\nORDERS_CLOUD_SQL_INSTANCE\\nORDERS_POSTGRES_HOST"]',
    'web -> reports [label="socket\\nREPORTS_CLOUD_SQL_INSTANCE\\nREPORTS_POSTGRES_HOST"]',
  ]);
});

test.each<[readonly string[], readonly string[]]>([
  [["QUEUE_REDIS_HOST"], ["QUEUE_REDIS_HOST"]],
  [
    ["POSTGRES_HOST", "CLOUD_SQL_INSTANCE"],
    ["POSTGRES_HOST", "CLOUD_SQL_INSTANCE"],
  ],
  [
    ["A_REDIS_HOST", "A_REDIS_PORT", "mounted"],
    ["mounted", "A_REDIS_..."],
  ],
  [
    ["private address", "socket"],
    ["private address", "socket"],
  ],
])("%j is written %j", (labels, short) => {
  expect(shortLabels(labels)).toEqual(short);
});
