import type { Alert, Condition } from "../alert.ts";
import type { OperationsContext } from "../context.ts";
import { promqlValue } from "../promql.ts";
import type { BudgetLine, Chart, Line, Query } from "./widget.ts";

/** The parts of a plan that dashboards show. */
export interface DashboardParts extends OperationsContext {
  readonly alerts: readonly Alert[];
}

export interface AlertChart {
  readonly title: string;
  readonly unit: string;
  /** Ids of the alerts; those that the environment does not have are left out. */
  readonly alerts: readonly string[];
  /** Only conditions on this metric, where an alert has several. @default all */
  readonly metric?: string;
  /** Name of the series. @default Monitoring makes one up */
  readonly legend?: string;
  /** Lines beside the alerts' thresholds, for example the limit itself. @default none */
  readonly budgets?: readonly BudgetLine[];
}

/**
 * A chart of exactly what alerts watch, with their thresholds drawn in: the same series, with the same alignment. None where
 * the environment has none of these alerts.
 */
export function alertCharts(
  parts: ObjectiveParts & Pick<DashboardParts, "alerts">,
  wanted: AlertChart,
): Chart[] {
  const found = wanted.alerts.flatMap((id) => parts.alerts.filter((alert) => alert.id === id));
  const conditions = found.flatMap((alert) =>
    alert.conditions
      .filter((condition) => wanted.metric === undefined || metricOf(condition) === wanted.metric)
      .map((condition) => ({ alert, condition })),
  );
  const lines = conditions.flatMap(({ condition }) => lineOf(parts, condition, wanted.legend));
  const [first, ...rest] = distinct(lines);
  if (first === undefined || conditions.length === 0) return [];
  const budgets = conditions.flatMap(({ alert, condition }) => budgetOf(alert, condition));
  return [
    {
      kind: "chart",
      title: wanted.title,
      unit: wanted.unit,
      lines: [first, ...rest],
      budgets: merged([...(wanted.budgets ?? []), ...budgets]),
    },
  ];
}

type ObjectiveParts = Pick<DashboardParts, "project" | "names" | "serviceObjectives">;

/** Resource name of an objective; the project's id does as well as its number. */
function objectiveName({ project, names, serviceObjectives }: ObjectiveParts, id: string): string {
  const service = serviceObjectives.find((objective) => objective.id === id)?.service ?? "";
  return `projects/${project}/services/${names.service(service)}/serviceLevelObjectives/${id}`;
}

function metricOf(condition: Condition): string | undefined {
  return condition.kind === "threshold" || condition.kind === "absence" ? condition.series.metric : undefined;
}

function lineOf(parts: ObjectiveParts, condition: Condition, legend: string | undefined): Line[] {
  const query = queryOf(parts, condition);
  const name = condition.kind === "burn-rate" ? `over ${condition.window / 60} min` : legend;
  return query === undefined ? [] : [{ query, ...(name === undefined ? {} : { legend: name }) }];
}

function queryOf(parts: ObjectiveParts, condition: Condition): Query | undefined {
  switch (condition.kind) {
    case "threshold":
      return {
        kind: "series",
        series: condition.series,
        aggregation: condition.aggregation,
        denominator: condition.denominator,
      };
    case "absence":
      return { kind: "series", series: condition.series, aggregation: condition.aggregation };
    case "promql":
      return { kind: "promql", text: promqlValue(condition.query) };
    case "burn-rate":
      return {
        kind: "burn-rate",
        objective: objectiveName(parts, condition.objective),
        window: condition.window,
      };
    case "log":
      return undefined;
  }
}

/** Where the alert fires, as it says itself. */
function budgetOf(alert: Alert, condition: Condition): BudgetLine[] {
  const value = thresholdOf(condition);
  if (value === undefined || value <= 0) return [];
  const [what] = condition.kind === "burn-rate" ? [`${value} times`] : condition.title.split(":");
  return [{ value, label: `${alert.severity}: ${what}` }];
}

function thresholdOf(condition: Condition): number | undefined {
  switch (condition.kind) {
    case "threshold":
      return condition.threshold;
    case "promql":
      return condition.query.threshold;
    case "burn-rate":
      return condition.factor;
    default:
      return undefined;
  }
}

function distinct(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((line) => [JSON.stringify(line.query), line])).values()];
}

/** One line at each height: two labels on one spot cannot be read. */
function merged(budgets: readonly BudgetLine[]): BudgetLine[] {
  const byValue = new Map<number, string[]>();
  for (const { value, label } of budgets) {
    // Nothing is budgeted where nothing uses it, and Monitoring drops a line at zero.
    if (value <= 0) continue;
    const labels = byValue.get(value) ?? [];
    byValue.set(value, labels.includes(label) ? labels : [...labels, label]);
  }
  return [...byValue].map(([value, labels]) => ({ value, label: labels.join("; ") }));
}
