import { platformNames } from "../../names.ts";
import type { Environment, Service } from "../../schema/environment.ts";
import type { Alert } from "../alert.ts";
import { burnWindows } from "../alerts/burn-rate.ts";
import { context } from "../context.ts";
import { objectives } from "../objectives.ts";
import { percent, shares } from "../shares.ts";
import { symptoms } from "../symptoms.ts";
import { ofRevisions } from "./of-revisions.ts";
import { page } from "./reading.ts";
import { latencies, ofService } from "./requests.ts";
import { serviceNeeds } from "./service-needs.ts";
import { type Drawing, watched } from "./watched.ts";
import type { Chart, Dashboard, Section, Text } from "./widget.ts";

/** One service: what it promises, how it is used, and what it needs. */
export function serviceDashboard(
  environment: Environment,
  service: Service,
  alerts: readonly Alert[],
): Dashboard {
  const drawing: Drawing = { environment, alerts };
  return {
    id: `service-${service.name}`,
    name: platformNames(environment).service(service.name),
    sections: [
      promises(drawing, service),
      requests(drawing, service),
      instances(drawing, service),
      serviceNeeds(drawing, service),
    ],
  };
}

function promises(drawing: Drawing, service: Service): Section {
  const burning = (kind: "availability" | "latency"): Chart[] =>
    watched(drawing, {
      title: `How many times too fast the ${kind} budget burns`,
      unit: "times",
      alerts: burnWindows.map(({ id }) => `${service.name}-${kind}-${id}-burn`),
    });
  return {
    title: `What ${service.name} promises`,
    subtitle: "1 is sustainable; an alert needs its long and its short window above its line",
    widgets: [aboutText(drawing, service), ...burning("availability"), ...burning("latency")],
  };
}

function aboutText({ environment, alerts }: Drawing, service: Service): Text {
  const own = alerts.filter(({ id }) => id.startsWith(`${service.name}-`)).map(({ symptom }) => symptom);
  return {
    kind: "text",
    title: "Promises and runbook",
    content: [
      ...objectives(environment)
        .filter((objective) => objective.service === service.name)
        .map(({ title, days }) => `- ${title} (${days} days)`),
      `- at most ${service.instances.max} instances of a revision, ${service.concurrency} requests each`,
      "",
      `**Runbook**: ${symptoms
        .filter(({ id }) => own.includes(id))
        .map((symptom) => page(environment, symptom))
        .join(" · ")}`,
    ].join("\n"),
  };
}

function requests(drawing: Drawing, service: Service): Section {
  return {
    title: "Requests",
    subtitle: "More at the load balancer than at Cloud Run: requests find no instance",
    widgets: [
      ...ofService(drawing.environment, service),
      ...watched(drawing, {
        title: "Requests that fail at Cloud Run",
        unit: "share",
        alerts: [`${service.name}-errors`],
        legend: "5xx",
      }),
      latencies(drawing.environment, service),
    ],
  };
}

function instances(drawing: Drawing, service: Service): Section {
  const { environment } = drawing;
  const { startupWindow } = environment.deadlines;
  return {
    title: "Instances",
    subtitle: "Starting slowly comes before not starting: the database or the way to it is under pressure",
    widgets: [
      ...instanceCount(drawing, service),
      ...watched(drawing, {
        title: `Start-up, 95th percentile, of ${startupWindow} s`,
        unit: "ms",
        alerts: [`${service.name}-start-up`],
        legend: "95th percentile",
        budgets: [{ value: startupWindow * 1000, label: `start-up window ${startupWindow} s` }],
      }),
      ...watched(drawing, {
        title: "Containers killed by their health checks",
        unit: "containers",
        alerts: [`${service.name}-probes`],
        legend: "killed",
      }),
      utilization(environment, service, "CPU", "cpu"),
      utilization(environment, service, "Memory", "memory"),
      ...watched(drawing, {
        title: "Packets that could not be sent",
        unit: "packets",
        alerts: [`${service.name}-packets-dropped`],
        legend: "dropped",
      }),
    ],
  };
}

/** A maximum of one has no alert: it is always at it. */
function instanceCount(drawing: Drawing, { name, instances }: Service): Chart[] {
  const limit = { value: instances.max, label: `instances.max ${instances.max}` };
  const legend = "${resource.labels.revision_name}";
  const chart = watched(drawing, {
    title: "Instances of each revision",
    unit: "instances",
    alerts: [`${name}-instances`],
    legend,
    budgets: [limit],
  });
  if (chart.length > 0) return chart;
  const { windows } = context(drawing.environment);
  return [
    {
      kind: "chart",
      title: "Instances of each revision",
      unit: "instances",
      budgets: [limit],
      lines: [
        ofRevisions(drawing.environment, name, "run.googleapis.com/container/instance_count", legend, {
          period: windows.minute,
          aligner: "ALIGN_MAX",
          reducer: "REDUCE_SUM",
          groupBy: ["resource.label.service_name", "resource.label.revision_name"],
        }),
      ],
    },
  ];
}

function utilization(environment: Environment, service: Service, what: string, resource: string): Chart {
  const { windows } = context(environment);
  return {
    kind: "chart",
    title: `${what} of the busiest instances`,
    unit: "share",
    lines: [
      ofRevisions(
        environment,
        service.name,
        `run.googleapis.com/container/${resource}/utilizations`,
        "99th percentile",
        {
          period: windows.minute,
          aligner: "ALIGN_PERCENTILE_99",
          reducer: "REDUCE_MAX",
          groupBy: ["resource.label.service_name"],
        },
      ),
    ],
    budgets: [{ value: shares.page, label: `${percent(shares.page)} of what an instance has` }],
  };
}
