import type { Layer, Node, Topology } from "./picture.ts";

const LAYERS: readonly { readonly layer: Layer; readonly title: string; readonly fill: string }[] = [
  { layer: "edge", title: "Edge", fill: "#fef3c7" },
  { layer: "services", title: "Services", fill: "#dbeafe" },
  { layer: "network", title: "Network", fill: "#dcfce7" },
  { layer: "data", title: "Data", fill: "#fce7f3" },
];

/** The picture in Graphviz's language: one cluster a layer, from the edge on the left to the data on the right. */
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
  const arrows = edges.map(
    ({ from, to, label }) => `  ${from} -> ${to}${label === "" ? "" : ` [label=${quote(label)}]`}`,
  );
  return `digraph {
  rankdir=LR label=${quote(title)} labelloc=t fontname="Helvetica" fontsize=18
  node [shape=box style="rounded,filled" fillcolor=white color="#475569" fontname="Helvetica" fontsize=11 margin="0.55,0.1"]
  edge [color="#475569" fontname="Helvetica" fontsize=9]
${[...clusters, ...arrows].join("\n")}
}
`;
}

function box({ id, lines }: Node): string {
  const [name = "", ...rest] = lines.map(escapeHtml);
  const body = rest.map((line) => `<br/><font point-size="9" color="#475569">${line}</font>`).join("");
  return `${id} [label=<<b>${name}</b>${body}>]`;
}

function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
