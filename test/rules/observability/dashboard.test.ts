import { describe, expect, test } from "@jest/globals";
import { dashboardMetric } from "../../../rules/observability/dashboard-metric.ts";
import { dashboardTiles } from "../../../rules/observability/dashboard-tiles.ts";
import { check } from "../support.ts";

const resources = (dashboard: unknown) => ({
  google_monitoring_dashboard: {
    all: { dashboard_json: typeof dashboard === "string" ? dashboard : JSON.stringify(dashboard) },
  },
});

describe("observability/dashboard-tiles", () => {
  const tile = (xPos: number, yPos: number, width: number, height: number) => ({
    xPos,
    yPos,
    width,
    height,
    widget: { title: "t", blank: {} },
  });
  const said = (columns: number, ...tiles: object[]) =>
    check(dashboardTiles, resources({ displayName: "all", mosaicLayout: { columns, tiles } }));

  test("tiles side by side to the last column hold", () => {
    expect(said(48, tile(0, 0, 24, 4), tile(24, 0, 24, 4), tile(0, 4, 48, 1))).toEqual([]);
  });

  test("one column too many, of the grid and of a tile", () => {
    expect(said(49)).toMatchObject([
      { severity: "error", message: "mosaicLayout has 49 columns, outside 1 to 48: refused at apply." },
    ]);
    expect(said(12, tile(8, 0, 5, 4))).toMatchObject([
      { severity: "error", message: 'the tile "t" at 8, 0 ends at column 13 of 12: refused at apply.' },
    ]);
  });

  test("a tile without a block", () => {
    expect(said(12, tile(0, 0, 0, 4))).toMatchObject([
      { message: 'the tile "t" at 0, 0 is 0 × 4: refused at apply.' },
    ]);
  });

  test("a tile over another is advice", () => {
    expect(said(12, tile(0, 0, 6, 4), tile(5, 3, 6, 4))).toMatchObject([
      {
        severity: "warning",
        message: 'the tile "t" at 5, 3 lies over the tile "t" at 0, 0: one of them cannot be read.',
      },
    ]);
  });

  test("what is not known or no JSON is not judged here", () => {
    expect(check(dashboardTiles, resources("{,"))).toEqual([]);
    expect(check(dashboardTiles, resources("$" + "{var.dashboard}"))).toEqual([]);
    expect(check(dashboardTiles, resources({ displayName: "all", gridLayout: { widgets: [] } }))).toEqual([]);
  });
});

describe("observability/dashboard-metric", () => {
  const said = (filter: string) =>
    check(
      dashboardMetric,
      resources({
        displayName: "all",
        gridLayout: {
          widgets: [
            { xyChart: { dataSets: [{ timeSeriesQuery: { timeSeriesFilter: { filter } } }] } },
            { logsPanel: { filter: 'metric.type="vpcaccess.googleapis.com/connector/throughput"' } },
          ],
        },
      }),
    ).map(({ severity, message }) => [severity, message]);

  test("metrics of Google's list and of others hold", () => {
    expect(
      said('metric.type="run.googleapis.com/request_count" AND resource.type="cloud_run_revision"'),
    ).toEqual([]);
    expect(said('metric.type="custom.googleapis.com/orders" AND resource.type="global"')).toEqual([]);
    expect(said('select_slo_burn_rate("projects/p/services/s/serviceLevelObjectives/o", "3600s")')).toEqual(
      [],
    );
  });

  test("a filter that chooses is not judged: it may name several types", () => {
    const metric = 'metric.type="run.googleapis.com/request_count"';
    expect(
      said(`${metric} AND (resource.type="https_lb_rule" OR resource.type="cloud_run_revision")`),
    ).toEqual([]);
    expect(said(`${metric} AND resource.type=one_of("https_lb_rule", "cloud_run_revision")`)).toEqual([]);
    expect(said(`${metric} AND NOT resource.type="https_lb_rule"`)).toEqual([]);
  });

  test("a metric that does not exist", () => {
    expect(
      said(
        'metric.type="vpcaccess.googleapis.com/connector/instance" AND resource.type="vpc_access_connector"',
      ),
    ).toEqual([
      [
        "error",
        "a chart shows vpcaccess.googleapis.com/connector/instance, which does not exist; perhaps vpcaccess.googleapis.com/connector/instances is meant: breaks at run time, it stays empty.",
      ],
    ]);
  });

  test("a resource that does not report it", () => {
    expect(said('metric.type="run.googleapis.com/request_count" AND resource.type="https_lb_rule"')).toEqual([
      [
        "error",
        "a chart shows run.googleapis.com/request_count of https_lb_rule, but cloud_run_revision reports it: breaks at run time, it stays empty.",
      ],
    ]);
  });
});
