import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { dashboardJson } from "../../platform/operations/dashboards/json.ts";
import { layout } from "../../platform/operations/dashboards/layout.ts";
import type { Chart } from "../../platform/operations/dashboards/widget.ts";
import { filterText } from "../../platform/operations/filter.ts";
import { promqlValue } from "../../platform/operations/promql.ts";
import { platformPlan } from "../../platform/plan.ts";
import { dashboardSvg } from "../../runbook/dashboards/svg.ts";
import { environment, production } from "../support/environments.ts";
import { checkValue } from "../support/google-api/check-value.ts";
import { documentOf } from "../support/google-api/documents.ts";
import { addTopic } from "../support/sample-topic.ts";
import { type Json, resources, synthesized } from "../support/synthesized.ts";
import { dashboardSchema } from "./dashboard-schema.ts";

const accepts = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(dashboardSchema);

const documented = (json: Json): string[] =>
  checkValue(documentOf("monitoring.v1"), { ref: "Dashboard" }, json, "dashboard");

const internal = environment((draft) => {
  draft.cache.evictionPolicy = "allkeys-lru";
  draft.database.availability = "REGIONAL";
  draft.services[0].instances = { min: 1, max: 1 };
  delete draft.services[0].exposure;
  draft.services[0].dependsOn = [];
  draft.services[1].dependsOn = ["clickhouse"];
  draft.services[2].dependsOn = ["backend"];
  addTopic(draft, 2);
});

describe.each([
  ["staging", environment()],
  ["production", production()],
  ["an internal service, evictions, a standby and a topic", internal],
])("dashboards of %s", (_, subject) => {
  const { dashboards, alerts } = platformPlan(subject);
  const charts = dashboards.flatMap(({ sections }) =>
    sections.flatMap(({ widgets }) => widgets.filter((widget): widget is Chart => widget.kind === "chart")),
  );

  test("one for the platform and one for each service, each with a name of its own", () => {
    expect(dashboards.map(({ id }) => id)).toEqual([
      "platform",
      ...subject.services.map(({ name }) => `service-${name}`),
    ]);
    expect(new Set(dashboards.map(({ name }) => name)).size).toBe(dashboards.length);
  });

  test.each(dashboards)("$id is what the API takes", (dashboard) => {
    const json = JSON.parse(dashboardJson(dashboard));
    expect(documented(json)).toEqual([]);
    expect(accepts(json) ? [] : accepts.errors).toEqual([]);
  });

  test.each(dashboards)("$id fills its grid: every block is one tile's", (dashboard) => {
    const blocks = new Map<string, number>();
    const tiles = layout(dashboard);
    for (const { x, y, width, height } of tiles) {
      expect([x, y, width, height].every(Number.isInteger)).toBe(true);
      for (let column = x; column < x + width; column += 1)
        for (let row = y; row < y + height; row += 1)
          blocks.set(`${column},${row}`, (blocks.get(`${column},${row}`) ?? 0) + 1);
    }
    const bottom = Math.max(...tiles.map(({ y, height }) => y + height));
    expect(blocks.size).toBe(48 * bottom);
    expect([...blocks.values()].every((count) => count === 1)).toBe(true);
  });

  test("every alert on a number is drawn, aligned as the alert sees it, with its threshold", () => {
    const missing = alerts.flatMap((alert) =>
      alert.conditions.flatMap((condition) => {
        if (condition.kind === "log") return [];
        const threshold =
          condition.kind === "threshold"
            ? condition.threshold
            : condition.kind === "promql"
              ? condition.query.threshold
              : condition.kind === "burn-rate"
                ? condition.factor
                : 0;
        const shown = charts.some(
          ({ lines, budgets }) =>
            (threshold <= 0 || budgets.some(({ value }) => value === threshold)) &&
            lines.some(({ query }) => {
              if (condition.kind === "promql")
                return query.kind === "promql" && query.text === promqlValue(condition.query);
              if (condition.kind === "burn-rate")
                return (
                  query.kind === "burn-rate" &&
                  query.window === condition.window &&
                  query.objective.endsWith(`/${condition.objective}`)
                );
              return (
                query.kind === "series" &&
                filterText(query.series) === filterText(condition.series) &&
                JSON.stringify(query.aggregation) === JSON.stringify(condition.aggregation)
              );
            }),
        );
        return shown ? [] : [`${alert.id}: ${condition.title}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  test("no chart has two lines for one number, and every label can be read", () => {
    for (const { title, budgets } of charts) {
      expect([title, new Set(budgets.map(({ value }) => value)).size]).toEqual([title, budgets.length]);
      for (const { label } of budgets) expect(label.length).toBeLessThan(80);
    }
  });
});

test("eight services fit as three do: whole tiles within the grid, and no label printed over another one", () => {
  const many = environment((draft) => {
    const [first] = draft.services;
    for (const index of [1, 2, 3, 4, 5])
      draft.services.push({
        ...structuredClone(first),
        name: `further-${index}`,
        exposure: [],
        instances: { max: 1 },
        database: undefined,
        cache: undefined,
      });
  });
  for (const dashboard of platformPlan(many).dashboards) {
    for (const { x, width } of layout(dashboard)) {
      expect(Number.isInteger(width)).toBe(true);
      expect(x + width).toBeLessThanOrEqual(48);
    }
    for (const group of dashboardSvg(dashboard).split("<g ").slice(1)) {
      const labels = [...group.matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g)].map(
        ([, x, y]) => [x, Number(y)] as const,
      );
      expect(labels.length).toBeGreaterThan(0);
      for (const [index, [x, y]] of labels.entries())
        for (const [otherX, otherY] of labels.slice(index + 1))
          if (x === otherX) expect(Math.abs(y - otherY)).toBeGreaterThanOrEqual(11);
    }
  }
});

test("budget lines follow the environment", () => {
  const lines = (subject: ReturnType<typeof environment>, dashboard: string, title: string) =>
    platformPlan(subject)
      .dashboards.find(({ id }) => id === dashboard)
      ?.sections.flatMap(({ widgets }) => widgets)
      .flatMap((widget) => (widget.kind === "chart" && widget.title === title ? widget.budgets : []))
      .map(({ value, label }) => `${value} ${label}`);
  expect(lines(environment(), "platform", "Connections")).toEqual([
    "1250 max_connections 1250",
    "1173 ticket: more than 1173 connections",
    "1184 page: more than 1184 connections",
  ]);
  expect(lines(environment(), "service-backend", "Instances of each revision")).toEqual([
    "20 instances.max 20",
    "16 ticket: more than 16 instances",
  ]);
  const slower = environment((draft) => {
    draft.services[1].instances.max = 10;
    draft.services[1].latency = 20;
  });
  expect(lines(slower, "service-backend", "Instances of each revision")).toEqual([
    "10 instances.max 10",
    "8 ticket: more than 8 instances",
  ]);
  expect(lines(slower, "service-backend", "Latency of successful requests")).toEqual([
    "20000 objective of the 95th percentile: 20 s",
  ]);
});

test("the runbook is linked where the environment says where it is published", () => {
  const published = "https://example.com/acme/runbook/staging.md";
  const text = (subject: ReturnType<typeof environment>, dashboard: number): string =>
    JSON.stringify(
      platformPlan(subject).dashboards[dashboard]?.sections[0]?.widgets.find(({ kind }) => kind === "text"),
    );
  const linked = environment((draft) => (draft.operations = { runbook: published }));
  expect(text(linked, 0)).toContain(`[Redis error -3](${published}#redis-error-3)`);
  expect(text(linked, 1)).toContain(`[Containers do not start in time](${published}#start-up-timeouts)`);
  expect(text(environment(), 0)).toContain("`docs/runbook/staging.md`");
  expect(text(environment(), 0)).not.toContain("](");
});

test("the schema refuses what the API refuses", () => {
  const [dashboard] = platformPlan(environment()).dashboards;
  const refused = (change: (json: Json) => void): boolean => {
    const json = dashboard === undefined ? {} : JSON.parse(dashboardJson(dashboard));
    change(json);
    return documented(json).length > 0 || !accepts(json);
  };
  const chart = (json: Json) =>
    json.mosaicLayout.tiles.find(({ widget }: Json) => widget.xyChart).widget.xyChart;
  expect(refused(() => {})).toBe(false);
  expect(refused((json) => (json.title = "platform"))).toBe(true);
  expect(refused((json) => (json.mosaicLayout.columns = 49))).toBe(true);
  expect(refused((json) => (json.mosaicLayout.tiles[0].xPos = 0))).toBe(true);
  expect(refused((json) => (json.mosaicLayout.tiles[0].widget.text = { content: "two kinds" }))).toBe(true);
  expect(refused((json) => (chart(json).thresholds[0].color = "RED"))).toBe(true);
  expect(refused((json) => (chart(json).dataSets[0].plotType = "BAR"))).toBe(true);
  expect(refused((json) => (chart(json).dataSets = []))).toBe(true);
});

test("Terraform reads names of series as text, not as expressions of its own", () => {
  const json = synthesized(environment())["staging-operations"];
  const all = resources(json, "google_monitoring_dashboard");
  expect(all).toHaveLength(4);
  for (const { dashboard_json } of all) {
    expect(/\$\$\{resource\.labels\./.test(dashboard_json)).toBe(true);
    expect(/[$%]\{/.test(dashboard_json.replaceAll("$" + "$" + "{", ""))).toBe(false);
  }
});
