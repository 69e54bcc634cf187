import type { Series } from "./alert.ts";

/** The series in Monitoring's filter language. */
export function filterText({ metric, resource, resourceLabels = {}, metricLabels = {} }: Series): string {
  return [
    `metric.type="${metric}"`,
    `resource.type="${resource}"`,
    ...Object.entries(resourceLabels).map(([name, value]) => `resource.labels.${name}="${value}"`),
    ...Object.entries(metricLabels).map(([name, value]) => `metric.labels.${name}=${literal(value)}`),
  ].join(" AND ");
}

function literal(value: string | number | boolean): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}
