import type { Service } from "../../schema/environment.ts";
import { burnWindows } from "../alerts/burn-rate.ts";
import { symptoms } from "../symptoms.ts";
import { percent, thresholds } from "../thresholds.ts";
import { alertCharts, type DashboardParts } from "./alert-charts.ts";
import { symptomLink } from "./guide.ts";
import { latencies, serviceRequests } from "./requests.ts";
import { revisionLine } from "./revision-line.ts";
import { serviceDependencies } from "./service-dependencies.ts";
import type { Chart, Dashboard, Section, Text } from "./widget.ts";

/** One service: objectives, requests, instances and dependencies. */
export function serviceDashboard(parts: DashboardParts, service: Service): Dashboard {
  return {
    id: `service-${service.name}`,
    name: parts.names.service(service.name),
    sections: [
      promises(parts, service),
      requests(parts, service),
      instances(parts, service),
      serviceDependencies(parts, service),
    ],
  };
}

function promises(parts: DashboardParts, service: Service): Section {
  const burning = (kind: "availability" | "latency"): Chart[] =>
    alertCharts(parts, {
      title: `How many times too fast the ${kind} budget burns`,
      unit: "times",
      alerts: burnWindows.map(({ id }) => `${service.name}-${kind}-${id}-burn`),
    });
  return {
    title: `What ${service.name} promises`,
    subtitle: "1 is sustainable; an alert needs its long and its short window above its line",
    widgets: [aboutText(parts, service), ...burning("availability"), ...burning("latency")],
  };
}

function aboutText(
  {
    alerts,
    serviceObjectives,
    operations,
  }: Pick<DashboardParts, "alerts" | "serviceObjectives" | "operations">,
  service: Service,
): Text {
  const own = alerts.filter(({ id }) => id.startsWith(`${service.name}-`)).map(({ symptom }) => symptom);
  return {
    kind: "text",
    title: "Promises and runbook",
    content: [
      ...serviceObjectives
        .filter((objective) => objective.service === service.name)
        .map(({ title, days }) => `- ${title} (${days} days)`),
      `- at most ${service.instances.max} instances of a revision, ${service.concurrency} requests each`,
      "",
      `**Runbook**: ${symptoms
        .filter(({ id }) => own.includes(id))
        .map((symptom) => symptomLink(operations, symptom))
        .join(" · ")}`,
    ].join("\n"),
  };
}

function requests(parts: DashboardParts, service: Service): Section {
  return {
    title: "Requests",
    subtitle: "More at the load balancer than at Cloud Run: requests find no instance",
    widgets: [
      ...serviceRequests(parts, service),
      ...alertCharts(parts, {
        title: "Requests that fail at Cloud Run",
        unit: "share",
        alerts: [`${service.name}-errors`],
        legend: "5xx",
      }),
      latencies(parts, service),
    ],
  };
}

function instances(parts: DashboardParts, service: Service): Section {
  const { startupWindow } = parts.deadlines;
  return {
    title: "Instances",
    subtitle: "Starting slowly comes before not starting: the database or the way to it is under pressure",
    widgets: [
      ...instanceCount(parts, service),
      ...alertCharts(parts, {
        title: `Start-up, 95th percentile, of ${startupWindow} s`,
        unit: "ms",
        alerts: [`${service.name}-start-up`],
        legend: "95th percentile",
        budgets: [{ value: startupWindow * 1000, label: `start-up window ${startupWindow} s` }],
      }),
      ...alertCharts(parts, {
        title: "Containers killed by their health checks",
        unit: "containers",
        alerts: [`${service.name}-probes`],
        legend: "killed",
      }),
      utilization(parts, service, "CPU", "cpu"),
      utilization(parts, service, "Memory", "memory"),
      ...alertCharts(parts, {
        title: "Packets that could not be sent",
        unit: "packets",
        alerts: [`${service.name}-packets-dropped`],
        legend: "dropped",
      }),
    ],
  };
}

/** A maximum of one has no alert: it is always at it. */
function instanceCount(parts: DashboardParts, { name, instances }: Service): Chart[] {
  const limit = { value: instances.max, label: `instances.max ${instances.max}` };
  const legend = "${resource.labels.revision_name}";
  const chart = alertCharts(parts, {
    title: "Instances of each revision",
    unit: "instances",
    alerts: [`${name}-instances`],
    legend,
    budgets: [limit],
  });
  if (chart.length > 0) return chart;
  return [
    {
      kind: "chart",
      title: "Instances of each revision",
      unit: "instances",
      budgets: [limit],
      lines: [
        revisionLine(parts.names, name, "run.googleapis.com/container/instance_count", legend, {
          period: parts.alertWindows.minute,
          aligner: "ALIGN_MAX",
          reducer: "REDUCE_SUM",
          groupBy: ["resource.label.service_name", "resource.label.revision_name"],
        }),
      ],
    },
  ];
}

function utilization(
  { names, alertWindows }: Pick<DashboardParts, "names" | "alertWindows">,
  service: Service,
  what: string,
  resource: string,
): Chart {
  return {
    kind: "chart",
    title: `${what} of the busiest instances`,
    unit: "share",
    lines: [
      revisionLine(
        names,
        service.name,
        `run.googleapis.com/container/${resource}/utilizations`,
        "99th percentile",
        {
          period: alertWindows.minute,
          aligner: "ALIGN_PERCENTILE_99",
          reducer: "REDUCE_MAX",
          groupBy: ["resource.label.service_name"],
        },
      ),
    ],
    budgets: [{ value: thresholds.page, label: `${percent(thresholds.page)} of what an instance has` }],
  };
}
