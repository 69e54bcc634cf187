import type { Aggregation } from "../alert.ts";
import { filterText } from "../filter.ts";
import { COLUMNS, layout, type Tile } from "./layout.ts";
import type { Chart, Dashboard, Line, Query } from "./widget.ts";

/** A value of JSON. */
type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Burn rates are computed for the whole window at each minute. */
const BURN_RATE_AGGREGATION = { alignmentPeriod: "60s", perSeriesAligner: "ALIGN_NEXT_OLDER" };

/**
 * The dashboard in the form of Monitoring's API. Zero, false and empty values are omitted, because the API drops them
 * and every plan would show a difference. Source:
 * https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards
 */
export function dashboardJson(dashboard: Dashboard): string {
  return JSON.stringify({
    displayName: dashboard.name,
    mosaicLayout: { columns: COLUMNS, tiles: layout(dashboard).map(tileJson) },
  });
}

function tileJson({ x, y, width, height, widget }: Tile): Json {
  return {
    ...(x === 0 ? {} : { xPos: x }),
    ...(y === 0 ? {} : { yPos: y }),
    width,
    height,
    widget: { title: widget.title, ...content(widget) },
  };
}

function content(widget: Tile["widget"]): { readonly [key: string]: Json } {
  switch (widget.kind) {
    case "heading":
      return { sectionHeader: { subtitle: widget.subtitle } };
    case "chart":
      return { xyChart: chartJson(widget) };
    case "text":
      return { text: { content: widget.content, format: "MARKDOWN" } };
    case "logs":
      return { logsPanel: { filter: widget.filter } };
    case "incidents":
      return { incidentList: {} };
  }
}

function chartJson(chart: Chart): Json {
  const plotType = chart.stacked === true ? "STACKED_AREA" : "LINE";
  return {
    dataSets: chart.lines.map((line) => lineJson(line, plotType)),
    ...(chart.budgets.length === 0
      ? {}
      : { thresholds: chart.budgets.map(({ value, label }) => ({ value, label, targetAxis: "Y1" })) }),
    yAxis: { label: chart.unit, scale: "LINEAR" },
    chartOptions: { mode: "COLOR" },
  };
}

function lineJson({ query, legend }: Line, plotType: string): Json {
  return {
    timeSeriesQuery: queryJson(query),
    plotType,
    targetAxis: "Y1",
    ...(legend === undefined ? {} : { legendTemplate: legend }),
    ...(query.kind === "series" ? { minAlignmentPeriod: `${query.aggregation.period}s` } : {}),
  };
}

function queryJson(query: Query): Json {
  switch (query.kind) {
    case "promql":
      return { prometheusQuery: query.text };
    case "burn-rate":
      return {
        timeSeriesFilter: {
          filter: `select_slo_burn_rate("${query.objective}", "${query.window}s")`,
          aggregation: BURN_RATE_AGGREGATION,
        },
      };
    case "series": {
      const aggregation = aggregationJson(query.aggregation);
      const numerator = { filter: filterText(query.series), aggregation };
      return query.denominator === undefined
        ? { timeSeriesFilter: numerator }
        : {
            timeSeriesFilterRatio: {
              numerator,
              denominator: { filter: filterText(query.denominator), aggregation },
            },
          };
    }
  }
}

function aggregationJson({ period, aligner, reducer, groupBy }: Aggregation): Json {
  return {
    alignmentPeriod: `${period}s`,
    perSeriesAligner: aligner,
    ...(reducer === undefined ? {} : { crossSeriesReducer: reducer }),
    ...(groupBy === undefined ? {} : { groupByFields: groupBy }),
  };
}
