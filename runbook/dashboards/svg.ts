import { COLUMNS, layout, type Tile } from "../../platform/operations/dashboards/layout.ts";
import type { Chart, Dashboard, Query } from "../../platform/operations/dashboards/widget.ts";
import { filterText } from "../../platform/operations/filter.ts";
import { markdownLines, wrap } from "./wrap.ts";

/** Size of one block of the grid, about what the console gives it on a laptop. */
const BLOCK = { width: 30, height: 18 };
const GAP = 3;
const PADDING = 10;
const LINE_HEIGHT = 15;
/** Of 11 px sans-serif; generous, so that text stays within its tile in every font. */
const CHARACTER = 6.2;

/** Where the picture of a dashboard is. */
export function dashboardFile(environment: string, { id }: Pick<Dashboard, "id">): string {
  return `docs/dashboards/${environment}-${id}.svg`;
}

/** A dashboard as it is laid out, without data: the layout and the threshold lines. For review by eye. */
export function dashboardSvg(dashboard: Dashboard): string {
  const tiles = layout(dashboard);
  const width = COLUMNS * BLOCK.width;
  const height = Math.max(...tiles.map(({ y, height: tall }) => y + tall)) * BLOCK.height;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<title>${escaped(dashboard.name)}</title>`,
    `<rect width="${width}" height="${height}" fill="#f1f3f4"/>`,
    ...tiles.map(tileSvg),
    "</svg>",
  ].join("\n")}\n`;
}

function tileSvg(tile: Tile): string {
  const width = tile.width * BLOCK.width - 2 * GAP;
  const height = tile.height * BLOCK.height - 2 * GAP;
  const { widget } = tile;
  const heading = widget.kind === "heading";
  return [
    `<g transform="translate(${tile.x * BLOCK.width + GAP} ${tile.y * BLOCK.height + GAP})">`,
    ...(heading ? [] : [`<rect width="${width}" height="${height}" rx="4" fill="#fff" stroke="#dadce0"/>`]),
    text(
      PADDING,
      heading ? 28 : 20,
      widget.title,
      heading ? 'font-size="19"' : 'font-size="13" font-weight="bold"',
    ),
    ...content(widget, width, height),
    "</g>",
  ].join("\n");
}

function content(widget: Tile["widget"], width: number, height: number): string[] {
  switch (widget.kind) {
    case "heading":
      return [text(PADDING, 50, widget.subtitle, 'fill="#5f6368" font-size="13"')];
    case "text":
      return paragraph(markdownLines(widget.content, columns(width)), 42);
    case "logs":
      return [...paragraph(["log entries:", ...wrap(widget.filter, columns(width))], 42)];
    case "incidents":
      return paragraph(["every open incident of the project, newest first"], 42);
    case "chart":
      return chart(widget, width, height);
  }
}

/** The plot's frame with the budget lines at their heights, and below it the series and where they come from. */
function chart({ unit, lines, budgets, stacked }: Chart, width: number, height: number): string[] {
  const series = lines.flatMap(({ query, legend }) =>
    wrap(`${legend ?? "each series"} ← ${source(query)}`, columns(width)).map((each, index) =>
      index === 0 ? each : `  ${each}`,
    ),
  );
  const bottom = height - PADDING - series.length * LINE_HEIGHT;
  const top = 42;
  const plot = { left: PADDING, right: width - PADDING, top, bottom: Math.max(bottom - 8, top + 40) };
  const highest = Math.max(...budgets.map(({ value }) => value), 0) * 1.15;
  const sorted = [...budgets].sort((a, b) => b.value - a.value);
  let free = plot.top;
  const drawn = sorted.flatMap(({ value, label }) => {
    const y = Math.round(plot.bottom - ((plot.bottom - plot.top) * value) / highest);
    const at = Math.max(y - 3, free + LINE_HEIGHT - 4);
    free = at;
    const color = label.startsWith("page") ? "#d93025" : label.startsWith("ticket") ? "#e37400" : "#1a73e8";
    const room = Math.floor((plot.right - plot.left - 20) / CHARACTER);
    return [
      `<line x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}" stroke="${color}" stroke-dasharray="5 3"/>`,
      text(
        plot.left + 6,
        at,
        shortened(`${value} · ${label}`, room),
        `fill="${color}" stroke="#fff" stroke-width="3" paint-order="stroke"`,
      ),
    ];
  });
  return [
    text(
      width - PADDING,
      20,
      stacked === true ? `${unit}, stacked` : unit,
      'text-anchor="end" fill="#5f6368"',
    ),
    `<path d="M${plot.left} ${plot.top}V${plot.bottom}H${plot.right}" fill="none" stroke="#9aa0a6"/>`,
    ...drawn,
    ...paragraph(series, plot.bottom + LINE_HEIGHT + 2),
  ];
}

function source(query: Query): string {
  switch (query.kind) {
    case "promql":
      return query.text;
    case "burn-rate":
      return `burn rate of ${query.objective.split("/").at(-1)}`;
    case "series": {
      const { aligner, reducer, period } = query.aggregation;
      const ratio = query.denominator === undefined ? "" : ", divided by all";
      const labels = filterText({ ...query.series, resourceLabels: {} })
        .split(" AND ")
        .slice(2);
      const narrowed = labels.length === 0 ? "" : ` (${labels.join(", ").replaceAll("metric.labels.", "")})`;
      return `${query.series.metric}${narrowed}${ratio}; ${[aligner, reducer].filter((each) => each !== undefined).join(", ")}, ${period} s`;
    }
  }
}

function paragraph(lines: readonly string[], y: number): string[] {
  return lines.map((line, index) => text(PADDING, y + index * LINE_HEIGHT, line, 'fill="#3c4043"'));
}

function columns(width: number): number {
  return Math.floor((width - 2 * PADDING) / CHARACTER);
}

function shortened(line: string, room: number): string {
  return line.length <= room ? line : `${line.slice(0, room - 1)}…`;
}

function text(x: number, y: number, line: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escaped(line)}</text>`;
}

function escaped(line: string): string {
  return line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
