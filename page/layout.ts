import { type Edge, type Layer, mergedEdges, type Node } from "../analysis/topology/picture.ts";
import type { Resource } from "../graph/index.ts";
import type { Picture, PictureChange, PictureEdge, PictureLayer, PictureNode } from "./data.ts";
import { grid } from "./grid.ts";
import { sizesOf } from "./sizes.ts";

const TITLES: Readonly<Record<Layer, string>> = {
  edge: "Edge",
  services: "Services",
  network: "Network",
  data: "Data",
};

/** What is drawn: a topology, of a review with what changes. */
export interface Drawing {
  readonly nodes: readonly (Node & { readonly change?: PictureChange })[];
  readonly edges: readonly (Edge & Pick<PictureEdge, "change">)[];
}

/** Points of Graphviz are pixels here: 72 to its inch. */
const POINTS_PER_INCH = 72;
/** Widths of an average letter, generously, so that a name fits whichever sans-serif font shows it. */
const NAME_LETTER_WIDTH = 7.2;
const DETAIL_LETTER_WIDTH = 6;
const MAX_WIDTH = 204;
const PADDING = 20;
const LINE_HEIGHT = 15;

/** Objects of Graphviz's JSON: subgraphs have a box, nodes a position. */
interface Laid {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly bb?: string; readonly pos?: string }[];
  readonly edges?: readonly { readonly tail: number; readonly head: number; readonly pos: string }[];
}

/** Boxes from which on layers of one row each are too wide for a screen. */
const MANY = 60;

/** Places the boxes of a topology from the edge to the data: from top to bottom, or in columns where they are many. */
export async function layOut({ nodes, edges }: Drawing): Promise<Picture> {
  const width = Math.min(MAX_WIDTH, Math.max(0, ...nodes.map(wantedWidth)) + PADDING);
  const boxes = distinct(nodes.map((node) => boxOf(node, width)));
  const merged = mergedEdges(edges);
  if (nodes.length >= MANY) return grid(boxes, merged, Object.entries(TITLES));
  // Loaded here only: the engine is WebAssembly, and most runs need no new picture.
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  const layers = (Object.keys(TITLES) as Layer[]).filter((layer) =>
    nodes.some((node) => node.layer === layer),
  );
  const laid = viz.renderJSON({
    graphAttributes: { nodesep: 0.25, ranksep: 0.5 },
    nodeAttributes: { shape: "box", fixedsize: true, label: "" },
    nodes: boxes.map(({ id, height }) => ({
      name: id,
      attributes: { width: width / POINTS_PER_INCH, height: height / POINTS_PER_INCH },
    })),
    edges: [
      ...merged.map(({ from, to }) => ({ tail: from, head: to })),
      ...belowServices(boxes, merged).map(({ from, to }) => ({
        tail: from,
        head: to,
        attributes: { style: "invis" },
      })),
    ],
    subgraphs: layers.map((layer) => ({
      name: `cluster_${layer}`,
      // Room for the title of the layer.
      graphAttributes: { label: TITLES[layer], fontsize: 16, margin: 14 },
      nodes: boxes.filter((box) => box.layer === layer).map(({ id }) => ({ name: id })),
    })),
  }) as Laid;
  return placed(laid, boxes, merged);
}

/** Network and data are below the services, not next to them: what no arrow leads to is led to by an invisible one. */
function belowServices(
  boxes: readonly Box[],
  edges: readonly { to: string }[],
): { from: string; to: string }[] {
  const service = boxes.find(({ layer }) => layer === "services");
  if (service === undefined) return [];
  return boxes
    .filter(({ layer }) => layer === "network" || layer === "data")
    .filter(({ id }) => !edges.some(({ to }) => to === id))
    .map(({ id }) => ({ from: service.id, to: id }));
}

type Box = Omit<PictureNode, "x" | "y">;

function wantedWidth({ lines: [title = "", ...rest] }: Node): number {
  return Math.max(title.length * NAME_LETTER_WIDTH, ...rest.map((line) => line.length * DETAIL_LETTER_WIDTH));
}

/** All boxes are of one width, so that they align. */
function boxOf({ id, layer, lines, resource, change }: Drawing["nodes"][number], width: number): Box {
  const [title = "", kind = "", ...details] = lines;
  const shown = [
    shortened(title, (width - PADDING) / NAME_LETTER_WIDTH),
    ...[kind, ...details].map((line) => shortened(line, (width - PADDING) / DETAIL_LETTER_WIDTH)),
  ];
  return {
    id,
    layer,
    lines: shown,
    title,
    kind,
    width,
    height: shown.length * LINE_HEIGHT + 14,
    ...placeOf(resource),
    ...(change === undefined ? {} : { change }),
  };
}

function placeOf(resource: Resource | undefined): Pick<PictureNode, "address" | "origin" | "sizes"> {
  if (resource === undefined) return { address: "", origin: "", sizes: [] };
  return { address: resource.address, origin: resource.origin, sizes: sizesOf(resource) };
}

/** Names of one environment begin alike, and their ends tell them apart: the middle is left out. */
function shortened(text: string, letters: number): string {
  const room = Math.floor(letters);
  if (text.length <= room) return text;
  const end = Math.floor((room - 1) / 2);
  return `${text.slice(0, room - 1 - end)}…${text.slice(text.length - end)}`;
}

/** Names that are the same where their middle is left out lose their beginning instead. */
function distinct(boxes: readonly Box[]): Box[] {
  const titles = new Map<string | undefined, Set<string>>();
  for (const { lines, title } of boxes) titles.set(lines[0], (titles.get(lines[0]) ?? new Set()).add(title));
  return boxes.map((box) => {
    const [name = "", ...rest] = box.lines;
    const isAmbiguous = (titles.get(name)?.size ?? 0) > 1;
    return isAmbiguous ? { ...box, lines: [`…${box.title.slice(1 - name.length)}`, ...rest] } : box;
  });
}

function placed(laid: Laid, boxes: readonly Box[], edges: readonly Omit<PictureEdge, "path">[]): Picture {
  const [, , width = 0, height = 0] = numbers(laid.bb);
  // Graphviz counts upwards from the bottom.
  const point = ([x = 0, y = 0]: readonly number[]) => ({ x: round(x), y: round(height - y) });
  const objects = laid.objects ?? [];
  const positions = new Map(objects.map(({ name, pos = "" }) => [name, point(numbers(pos))]));
  const paths = new Map(
    (laid.edges ?? []).map(({ tail, head, pos }) => [
      `${objects[tail]?.name} ${objects[head]?.name}`,
      pathOf(pos, (pair) => point(pair)),
    ]),
  );
  return {
    width: round(width),
    height: round(height),
    layers: objects.flatMap(({ name, bb }): PictureLayer[] => {
      if (bb === undefined) return [];
      const [left = 0, bottom = 0, right = 0, top = 0] = numbers(bb);
      return [
        {
          title: TITLES[name.replace("cluster_", "") as Layer],
          ...point([left, top]),
          width: round(right - left),
          height: round(top - bottom),
        },
      ];
    }),
    nodes: boxes.map((box) => ({ ...box, ...(positions.get(box.id) ?? { x: 0, y: 0 }) })),
    edges: edges.map((edge) => ({ ...edge, path: paths.get(`${edge.from} ${edge.to}`) ?? "" })),
  };
}

/** A spline "e,END START CONTROL CONTROL POINT ..." of Graphviz as path data of SVG, led to the tip of the arrow. */
function pathOf(pos: string, point: (pair: readonly number[]) => { x: number; y: number }): string {
  const pairs = pos.split(" ").map((pair) => pair.replace(/^[es],/, ""));
  const at = (pair: string): string => {
    const { x, y } = point(numbers(pair));
    return `${x},${y}`;
  };
  const [tip = "", start = "", ...rest] = pos.startsWith("e,") ? pairs : ["", ...pairs];
  return `M${at(start)}C${rest.map(at).join(" ")}${tip === "" ? "" : `L${at(tip)}`}`;
}

function numbers(text: string): number[] {
  return text.split(",").map(Number);
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
