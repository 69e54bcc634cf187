import type { Picture, PictureEdge, PictureLayer, PictureNode } from "./data.ts";

type Box = Omit<PictureNode, "x" | "y">;
type Edge = Omit<PictureEdge, "path">;

/** Width by height of the picture, near to that of a screen. */
const ASPECT = 1.7;
/** Between columns, so that arrows are seen. */
const COLUMN_GAP = 70;
const ROW_GAP = 16;
const LAYER_GAP = 40;
const LAYER_MARGIN = 14;
const LAYER_TITLE = 20;

/**
 * Places many boxes in columns: layers from left to right, in each its kinds in the order they come in, and in each kind
 * next to what leads to it.
 *
 * @param titles of the layers, in their order
 */
export function grid(
  boxes: readonly Box[],
  edges: readonly Edge[],
  titles: readonly (readonly [layer: string, title: string])[],
): Picture {
  const [{ width: boxWidth = 0 } = {}] = boxes;
  const [cellWidth, cellHeight] = [
    boxWidth + COLUMN_GAP,
    Math.max(...boxes.map(({ height }) => height)) + ROW_GAP,
  ];
  const rows = Math.ceil(Math.sqrt((boxes.length * cellWidth) / cellHeight / ASPECT));
  const nodes = new Map<string, PictureNode>();
  const layers: PictureLayer[] = [];
  const top = LAYER_MARGIN + LAYER_TITLE;
  const height = top + rows * cellHeight - ROW_GAP + LAYER_MARGIN;
  let left = 0;
  for (const [layer, title] of titles) {
    const columns = columnsOf(
      boxes.filter((box) => box.layer === layer),
      edges,
      rows,
    );
    if (columns.length === 0) continue;
    for (const [column, list] of columns.entries())
      for (const [row, box] of list.entries())
        nodes.set(box.id, {
          ...box,
          x: left + LAYER_MARGIN + column * cellWidth + boxWidth / 2,
          y: top + row * cellHeight + (cellHeight - ROW_GAP) / 2,
        });
    const width = columns.length * cellWidth - COLUMN_GAP + 2 * LAYER_MARGIN;
    layers.push({ title, x: left, y: 0, width, height });
    left += width + LAYER_GAP;
  }
  return {
    width: left - LAYER_GAP,
    height,
    layers,
    nodes: [...nodes.values()],
    edges: edges.map((edge) => ({ ...edge, path: curve(nodes.get(edge.from), nodes.get(edge.to)) })),
  };
}

/** A kind that has no room below the one before it begins a column. */
function columnsOf(boxes: readonly Box[], edges: readonly Edge[], rows: number): Box[][] {
  const columns: Box[][] = [];
  const order = new Map<string, number>();
  for (const name of new Set(boxes.map(({ kind }) => kind))) {
    const kind = boxes.filter((box) => box.kind === name);
    const room = rows - (columns.at(-1)?.length ?? rows);
    const first = (box: Box): number =>
      Math.min(...edges.filter(({ to }) => to === box.id).map(({ from }) => order.get(from) ?? Infinity));
    const ranks = new Map(kind.map((box) => [box, first(box)]));
    const ordered = kind.toSorted((a, b) => compare(ranks.get(a), ranks.get(b)));
    for (const box of ordered) order.set(box.id, order.size);
    if (ordered.length <= room) columns.at(-1)?.push(...ordered);
    else
      for (let start = 0; start < ordered.length; start += rows)
        columns.push(ordered.slice(start, start + rows));
  }
  return columns;
}

/** Two without a number are equal. */
function compare(a = Infinity, b = Infinity): number {
  return a === b ? 0 : a - b;
}

function curve(from: PictureNode | undefined, to: PictureNode | undefined): string {
  if (from === undefined || to === undefined) return "";
  const out = to.x < from.x ? -1 : 1;
  const [startX, endX] = [
    from.x + (out * from.width) / 2,
    to.x - ((to.x === from.x ? -1 : out) * to.width) / 2,
  ];
  const bend = Math.max(COLUMN_GAP / 2, Math.abs(endX - startX) / 2);
  const endBend = to.x === from.x ? endX + bend : endX - out * bend;
  return `M${startX},${from.y}C${startX + out * bend},${from.y} ${endBend},${to.y} ${endX},${to.y}`;
}
