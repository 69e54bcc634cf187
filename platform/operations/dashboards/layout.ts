import { dashboardLimits } from "../../../resources/limits.ts";
import type { Dashboard, Section, Widget } from "./widget.ts";

/** A heading is a tile. */
export interface Heading {
  readonly kind: "heading";
  readonly title: string;
  readonly subtitle: string;
}

/** A widget at a position, in grid blocks. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly widget: Widget | Heading;
}

export const COLUMNS = dashboardLimits.columnsHigh.value;

/** More charts in a row are unreadable on a laptop. */
const CHARTS_PER_ROW = 3;
const HEADING_HEIGHT = 4;
const WIDGET_HEIGHT = 14;

/** Sections below each other, each with rows of equal tiles over the whole width. */
export function layout({ sections }: Dashboard): Tile[] {
  const tiles: Tile[] = [];
  let y = 0;
  for (const section of sections) {
    tiles.push(headingTile(section, y));
    y += HEADING_HEIGHT;
    for (const row of rows(section.widgets)) {
      const width = COLUMNS / row.length;
      tiles.push(
        ...row.map((widget, index) => ({ x: index * width, y, width, height: WIDGET_HEIGHT, widget })),
      );
      y += WIDGET_HEIGHT;
    }
  }
  return tiles;
}

function headingTile({ title, subtitle }: Section, y: number): Tile {
  return { x: 0, y, width: COLUMNS, height: HEADING_HEIGHT, widget: { kind: "heading", title, subtitle } };
}

/** As few rows as possible, as even as possible: four are two and two. */
function rows(widgets: readonly Widget[]): Widget[][] {
  const count = Math.ceil(widgets.length / CHARTS_PER_ROW);
  return Array.from({ length: count }, (_, row) =>
    widgets.slice(Math.ceil((row * widgets.length) / count), Math.ceil(((row + 1) * widgets.length) / count)),
  );
}
