import type { Attributes } from "../attributes.ts";
import { custom } from "../constraints/index.ts";
import { dashboardLimits as limits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";
import { viewImpact } from "./monitoring-view.ts";

const DASHBOARD_DOC = "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards";

/** Dashboard of Cloud Monitoring. */
export const monitoringDashboard: ResourceType = {
  type: "google_monitoring_dashboard",
  label: "dashboard",
  nameAttribute: null,
  requiredRole: "roles/monitoring.dashboardEditor",
  deleteImpact: viewImpact,
  fieldRules: [
    {
      id: "observability/dashboard",
      why: "A dashboard is one JSON text: an extra comma is rejected, and zero values come back as a difference at every plan.",
      fix: "Build it with jsonencode, and leave zero values out.",
      source: DASHBOARD_DOC,
      constraints: [
        custom("dashboard_json: valid JSON", invalidJson, { outcome: "rejected at plan" }),
        custom("one layout", severalLayouts),
        custom("no zero, false or empty values", emptyValues, {
          severity: "warning",
          outcome: "fails at run time",
        }),
      ],
    },
    {
      id: "observability/dashboard-tiles",
      why: "Monitoring rejects a mosaic whose tiles leave the grid, and draws tiles that overlap on top of each other.",
      fix: "Count xPos + width of each row, and let yPos grow by the height of the row above.",
      source: DASHBOARD_DOC,
      constraints: [
        custom(
          `mosaicLayout.columns: 1 to ${limits.columnsHigh.value}; every tile within them, at least 1 × 1`,
          outsideGrid,
        ),
        custom("no tile over another", overlappingTiles, {
          severity: "warning",
          outcome: "fails at run time",
        }),
      ],
    },
  ],
};

const LAYOUTS = ["gridLayout", "mosaicLayout", "rowLayout", "columnLayout"];

function* severalLayouts(dashboard: Attributes) {
  const json = readable(dashboard);
  const written = LAYOUTS.filter((layout) => Object(json)[layout] !== undefined);
  if (written.length > 1)
    yield {
      found: `dashboard_json has ${written.join(" and ")}`,
      because: "a dashboard has one layout",
      fix: `Keep ${written.at(-1)}.`,
    };
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The dashboard; undefined where it is no JSON, which is another fault. */
function readable(dashboard: Attributes): unknown {
  try {
    return parsed(dashboard);
  } catch {
    return undefined;
  }
}

function* invalidJson(dashboard: Attributes) {
  try {
    parsed(dashboard);
  } catch (error) {
    yield {
      found: "dashboard_json is not JSON",
      because: error instanceof Error ? error.message : String(error),
    };
  }
}

/** Six rules read the same dashboards, which are the largest texts of many inputs. */
const known = new WeakMap<Attributes, { readonly text: string; readonly json: unknown }>();

/** @throws SyntaxError where it is not JSON */
function parsed(dashboard: Attributes): unknown {
  const text = dashboard.string("dashboard_json");
  if (text === undefined) return undefined;
  const before = known.get(dashboard);
  if (before?.text === text) return before.json;
  const json: unknown = JSON.parse(text);
  known.set(dashboard, { text, json });
  return json;
}

/** The dashboard, where it is known and is an object. */
export function dashboardOf(dashboard: Attributes): Json | undefined {
  try {
    const json = parsed(dashboard);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function* emptyValues(dashboard: Attributes) {
  const empty = emptyValue(dashboardOf(dashboard), "");
  if (empty !== undefined)
    yield {
      found: `dashboard_json has ${empty}`,
      because: "Monitoring drops it, and every plan shows a difference",
    };
}

/** The first value that reads back as nothing. */
function emptyValue(value: unknown, path: string): string | undefined {
  if (value === 0 || value === "" || value === false) return `${path} = ${JSON.stringify(value)}`;
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value) && value.length === 0) return `${path} = []`;
  for (const [key, inner] of Object.entries(value)) {
    const found = emptyValue(inner, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Tile {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Mosaic {
  readonly columns: number | undefined;
  readonly tiles: readonly Tile[];
}

function mosaicOf(dashboard: Attributes): Mosaic {
  const layout = dashboardOf(dashboard)?.mosaicLayout;
  const { columns, tiles } = isObject(layout) ? layout : {};
  return {
    columns: typeof columns === "number" ? columns : undefined,
    tiles: Array.isArray(tiles) ? tiles.filter(isObject).flatMap(tileOf) : [],
  };
}

/** A position that is not written is 0; a size that is not is left to Monitoring. */
function tileOf({ widget, xPos: x = 0, yPos: y = 0, width, height }: Json): Tile[] {
  const title = isObject(widget) && typeof widget.title === "string" ? ` "${widget.title}"` : "";
  return typeof x === "number" &&
    typeof y === "number" &&
    typeof width === "number" &&
    typeof height === "number"
    ? [{ name: `the tile${title} at ${x}, ${y}`, x, y, width, height }]
    : [];
}

function* outsideGrid(dashboard: Attributes) {
  const { columns, tiles } = mosaicOf(dashboard);
  const most = limits.columnsHigh.value;
  if (columns !== undefined && (columns < 1 || columns > most)) {
    yield {
      found: `mosaicLayout.columns is ${columns}`,
      because: `it must be 1 to ${most}`,
      fix: `Set columns to ${most} or less, for example 12.`,
    };
    return;
  }
  for (const { name, x, y, width, height } of tiles) {
    if (x < 0 || y < 0 || width < 1 || height < 1)
      yield {
        found: `${name} is ${width} × ${height}`,
        because: "it must be at least 1 × 1 within the grid",
      };
    else if (columns !== undefined && x + width > columns)
      yield { found: `${name} ends at column ${x + width}`, because: `the grid has ${columns} columns` };
  }
}

function* overlappingTiles(dashboard: Attributes) {
  const { tiles } = mosaicOf(dashboard);
  for (const [index, tile] of tiles.entries()) {
    const other = tiles.slice(0, index).find((before) => overlap(tile, before));
    if (other !== undefined)
      yield { found: `${tile.name} overlaps ${other.name}`, because: "one of them cannot be read" };
  }
}

function overlap(a: Tile, b: Tile): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
