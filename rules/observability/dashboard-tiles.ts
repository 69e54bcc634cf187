import { isObject, type Json, type Resource } from "../../graph/index.ts";
import { dashboardLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { dashboardsOf, objects } from "./dashboard-json.ts";
import { DASHBOARD_DOC } from "./sources.ts";

/** Tiles of a mosaic stay in its grid, each in a place of its own. */
export const dashboardTiles: Rule = {
  id: "observability/dashboard-tiles",
  why: "Monitoring refuses a mosaic whose tiles leave the grid, and draws tiles that overlap on top of each other.",
  limit: `${dashboardLimits.columnsHigh.value} columns at most; every tile within them, at least 1 × 1, none over another`,
  fix: "Count xPos + width of each row, and let yPos grow by the height of the row above.",
  source: DASHBOARD_DOC,
  example: `resource "google_monitoring_dashboard" "platform" {
  dashboard_json = jsonencode({
    displayName  = "platform"
    mosaicLayout = { columns = 12, tiles = [{ xPos = 8, width = 6, height = 4, widget = { blank = {} } }] }
  })
}`,
  *check(graph) {
    for (const [resource, { mosaicLayout }] of dashboardsOf(graph)) {
      if (!isObject(mosaicLayout)) continue;
      const columns = numberOf(mosaicLayout, "columns");
      const most = dashboardLimits.columnsHigh.value;
      if (columns !== undefined && (columns < 1 || columns > most)) {
        yield error(resource, `mosaicLayout has ${columns} columns, outside 1 to ${most}: refused at apply.`);
        continue;
      }
      const tiles = objects(mosaicLayout.tiles).flatMap(tileOf);
      for (const tile of tiles) yield* outside(resource, tile, columns);
      yield* overlapping(resource, tiles);
    }
  },
};

interface Tile {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A position that is not written is 0; a size that is not is left to Monitoring. */
function tileOf(json: Json): Tile[] {
  const { widget } = json;
  const title = isObject(widget) && typeof widget.title === "string" ? ` "${widget.title}"` : "";
  const width = numberOf(json, "width");
  const height = numberOf(json, "height");
  if (width === undefined || height === undefined) return [];
  const x = numberOf(json, "xPos") ?? 0;
  const y = numberOf(json, "yPos") ?? 0;
  return [{ name: `the tile${title} at ${x}, ${y}`, x, y, width, height }];
}

function* outside(resource: Resource, tile: Tile, columns: number | undefined): Iterable<Verdict> {
  const { name, x, y, width, height } = tile;
  if (x < 0 || y < 0 || width < 1 || height < 1)
    yield error(resource, `${name} is ${width} × ${height}: refused at apply.`);
  else if (columns !== undefined && x + width > columns)
    yield error(resource, `${name} ends at column ${x + width} of ${columns}: refused at apply.`);
}

function* overlapping(resource: Resource, tiles: readonly Tile[]): Iterable<Verdict> {
  for (const [index, tile] of tiles.entries()) {
    const other = tiles.slice(0, index).find((before) => overlap(tile, before));
    if (other !== undefined)
      yield {
        resource,
        severity: "warning",
        message: `${tile.name} lies over ${other.name}: one of them cannot be read.`,
      };
  }
}

function overlap(a: Tile, b: Tile): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function numberOf(json: Json, key: string): number | undefined {
  const value = json[key];
  return typeof value === "number" ? value : undefined;
}

function error(resource: Resource, message: string): Verdict {
  return { resource, severity: "error", message };
}
