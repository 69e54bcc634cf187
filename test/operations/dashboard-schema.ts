/**
 * What the API asks of our dashboards and its discovery document does not say (test/support/google-api says the rest): what each part
 * needs, exactly one kind of content in each widget, and what a chart does not take. Zero values are refused, too: the API drops them.
 * Source: https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards
 */
const text = { type: "string", minLength: 1 } as const;
const seconds = { type: "string", pattern: "^[1-9][0-9]*s$" } as const;

const object = (required: readonly string[], properties: object) => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});
const oneOf = (...names: string[]) => ({ oneOf: names.map((name) => ({ required: [name] })) });
const list = (items: object) => ({ type: "array", minItems: 1, items });

const aggregation = object(["alignmentPeriod", "perSeriesAligner"], {
  alignmentPeriod: seconds,
  perSeriesAligner: text,
  crossSeriesReducer: text,
  groupByFields: list({ type: "string", pattern: "^(resource|metric)\\.label\\.[a-z_]+$" }),
});

const part = object(["filter"], { filter: text, aggregation });
const timeSeriesQuery = {
  ...object([], {
    timeSeriesFilter: object(["filter"], { filter: text, aggregation, secondaryAggregation: aggregation }),
    timeSeriesFilterRatio: object(["numerator", "denominator"], {
      numerator: part,
      denominator: part,
      secondaryAggregation: aggregation,
    }),
    prometheusQuery: text,
    unitOverride: text,
  }),
  ...oneOf("timeSeriesFilter", "timeSeriesFilterRatio", "prometheusQuery"),
};

const axis = object([], { label: text, scale: text });

const xyChart = object(["dataSets"], {
  dataSets: list(
    object(["timeSeriesQuery"], {
      timeSeriesQuery,
      plotType: text,
      legendTemplate: text,
      minAlignmentPeriod: seconds,
      targetAxis: text,
    }),
  ),
  // Colour and direction are not allowed in a chart, only on a scorecard.
  thresholds: list(
    object(["value"], { label: text, value: { type: "number", not: { const: 0 } }, targetAxis: text }),
  ),
  timeshiftDuration: seconds,
  xAxis: axis,
  yAxis: axis,
  y2Axis: axis,
  chartOptions: object([], { mode: text }),
});

const widget = {
  ...object([], {
    title: text,
    id: { type: "string", pattern: "^[A-Za-z0-9_-]+$" },
    xyChart,
    text: object(["content"], { content: text, format: text }),
    logsPanel: object([], { filter: text, resourceNames: list(text) }),
    incidentList: object([], { policyNames: list(text) }),
    sectionHeader: object([], { subtitle: text, dividerBelow: { const: true } }),
  }),
  ...oneOf("xyChart", "text", "logsPanel", "incidentList", "sectionHeader"),
};

const block = { type: "integer", minimum: 1 };

export const dashboardSchema = object(["displayName", "mosaicLayout"], {
  displayName: { ...text, maxLength: 512 },
  mosaicLayout: object(["columns", "tiles"], {
    columns: { type: "integer", minimum: 1, maximum: 48 },
    tiles: list(
      object(["width", "height", "widget"], {
        xPos: block,
        yPos: block,
        width: block,
        height: block,
        widget,
      }),
    ),
  }),
});
