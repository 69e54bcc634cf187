import { crowdedBoxes, type Layer, mergedEdges, type Node, shortLabels, type Topology } from "./picture.ts";

const LAYERS: readonly { readonly layer: Layer; readonly title: string; readonly fill: string }[] = [
  { layer: "edge", title: "Edge", fill: "#fef3c7" },
  { layer: "services", title: "Services", fill: "#dbeafe" },
  { layer: "network", title: "Network", fill: "#dcfce7" },
  { layer: "data", title: "Data", fill: "#fce7f3" },
];

/** Height of the picture in widths: a page in landscape, 1.6 to 1. Graphviz widens the gaps and leaves the boxes as they are. */
const RATIO = 0.61;

/** The picture in Graphviz's language: one cluster a layer, from the edge at the top to the data at the bottom. */
export function topologyDot(title: string, { nodes, edges }: Topology): string {
  const clusters = LAYERS.filter(({ layer }) => nodes.some((node) => node.layer === layer)).map(
    ({ layer, title: name, fill }) => `  subgraph cluster_${layer} {
    label=${quote(name)} style="rounded,filled" color="#94a3b8" fillcolor="${fill}" fontsize=14
${nodes
  .filter((node) => node.layer === layer)
  .map((node) => `    ${box(node)}`)
  .join("\n")}
  }`,
  );
  const merged = mergedEdges(edges);
  const crowded = crowdedBoxes(nodes, merged);
  const colours = coloursOf(nodes);
  const arrows = merged.map(({ from, to, labels }) => {
    if (labels.length === 0) return `  ${from} -> ${to}`;
    if (!crowded.has(from)) return `  ${from} -> ${to} [label=${quote(labels.join("\n"))}]`;
    const colour = colours.get(to) ?? COLOURS[0];
    return `  ${from} -> ${to} [label=${quote(shortLabels(labels).join("\n"))} color="${colour}" fontcolor="${colour}"]`;
  });
  return `digraph {
  rankdir=TB ratio=${RATIO} label=${quote(title)} labelloc=t fontname="Helvetica" fontsize=18
  node [shape=box style="rounded,filled" fillcolor=white color="#475569" fontname="Helvetica" fontsize=11 margin="0.5,0.06"]
  edge [color="#475569" fontname="Helvetica" fontsize=9]
${[...clusters, ...arrows].join("\n")}
}
`;
}

/** Each at least 5 to 1 against white, and readable on the fill of every layer. */
const COLOURS = ["#1d4ed8", "#b91c1c", "#15803d", "#7e22ce", "#a16207", "#0f766e"] as const;

/** A colour for each box of data; of more boxes than colours some share one. */
function coloursOf(nodes: readonly Node[]): ReadonlyMap<string, string> {
  const data = nodes.filter(({ layer }) => layer === "data");
  return new Map(data.map(({ id }, index) => [id, COLOURS[index % COLOURS.length] ?? COLOURS[0]]));
}

function box({ id, lines }: Node): string {
  const [name = "", ...rest] = lines.map(escapeHtml);
  const rows = [
    `<b>${name}</b>`,
    ...rest.map((line) => `<font point-size="9" color="#475569">${line}</font>`),
  ];
  // A row of its own keeps each line off the next: line breaks are as high as the letters alone.
  const body = rows.map((row) => `<tr><td>${row}</td></tr>`).join("");
  return `${id} [label=<<table border="0" cellspacing="0" cellpadding="1">${body}</table>>]`;
}

function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
