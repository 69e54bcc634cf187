import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { dashboards } from "./dashboard-fixture.ts";

const dashboardTiles = ruleById("observability/dashboard-tiles");

describe("observability/dashboard-tiles", () => {
  const tile = (xPos: number, yPos: number, width: number, height: number) => ({
    xPos,
    yPos,
    width,
    height,
    widget: { title: "t", blank: {} },
  });
  const found = (columns: number, ...tiles: object[]) =>
    check(dashboardTiles, dashboards({ displayName: "all", mosaicLayout: { columns, tiles } }));

  test("tiles side by side to the last column hold", () => {
    expect(found(48, tile(0, 0, 24, 4), tile(24, 0, 24, 4), tile(0, 4, 48, 1))).toEqual([]);
  });

  test("one column too many, of the grid and of a tile", () => {
    expect(found(49)).toMatchObject([
      { severity: "error", message: "mosaicLayout.columns is 49; rejected by the API: it must be 1 to 48." },
    ]);
    expect(found(12, tile(8, 0, 5, 4))).toMatchObject([
      {
        severity: "error",
        message: 'the tile "t" at 8, 0 ends at column 13; rejected by the API: the grid has 12 columns.',
      },
    ]);
  });

  test("a tile without a block", () => {
    expect(found(12, tile(0, 0, 0, 4))).toMatchObject([
      {
        message:
          'the tile "t" at 0, 0 is 0 × 4; rejected by the API: it must be at least 1 × 1 within the grid.',
      },
    ]);
  });

  test("a tile over another is a warning", () => {
    expect(found(12, tile(0, 0, 6, 4), tile(5, 3, 6, 4))).toMatchObject([
      {
        severity: "warning",
        message:
          'the tile "t" at 5, 3 overlaps the tile "t" at 0, 0; fails at run time: one of them cannot be read.',
      },
    ]);
  });

  test("what is not known or no JSON is not judged here", () => {
    expect(check(dashboardTiles, dashboards("{,"))).toEqual([]);
    expect(check(dashboardTiles, dashboards("$" + "{var.dashboard}"))).toEqual([]);
    expect(check(dashboardTiles, dashboards({ displayName: "all", gridLayout: { widgets: [] } }))).toEqual(
      [],
    );
  });
});
