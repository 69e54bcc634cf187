import type { Service } from "../../schema/environment.ts";
import { latencyOf } from "../objectives.ts";
import { alertCharts, type DashboardParts } from "./alert-charts.ts";
import { databaseSections, redisSections } from "./data-sections.ts";
import { dependenciesSection } from "./dependencies-section.ts";
import { guideText } from "./guide.ts";
import { networkSection } from "./network-section.ts";
import { loadBalancerRequests } from "./requests.ts";
import type { Chart, Dashboard, Section } from "./widget.ts";

/** The whole platform on one page, from the edge to the data. */
export function platformDashboard(parts: DashboardParts): Dashboard {
  return {
    id: "platform",
    name: platformDashboardName(parts),
    sections: [
      {
        title: `${parts.name}, from the edge to the data`,
        subtitle: "What is open now, and how to read this page",
        widgets: [guideText(parts), { kind: "incidents", title: "Open incidents" }],
      },
      ...numbered([
        edge(parts),
        services(parts),
        networkSection(parts),
        ...databaseSections(parts),
        ...redisSections(parts),
        dependenciesSection(parts),
        jobs(parts),
        ...workerPools(parts),
        messages(parts),
      ]),
    ],
  };
}

/** What a further region has for itself: its services, its way into the network, and its preflights. */
export function regionDashboard(parts: DashboardParts): Dashboard {
  const { prefix, region } = parts;
  return {
    id: `region-${region}`,
    name: `${prefix} ${region}`,
    sections: [
      {
        title: `${parts.name} in ${region}`,
        subtitle: "Hosts, data and messages are those of the whole platform",
        widgets: [guideText(parts)],
      },
      ...numbered([services(parts), networkSection(parts), dependenciesSection(parts)]),
    ],
  };
}

export function platformDashboardName({ prefix }: Pick<DashboardParts, "prefix">): string {
  return `${prefix} platform`;
}

function numbered(sections: readonly Section[]): Section[] {
  return sections
    .filter(({ widgets }) => widgets.length > 0)
    .map((section, index) => ({ ...section, title: `${index + 1}. ${section.title}` }));
}

function edge(parts: DashboardParts): Section {
  return {
    title: "The edge",
    subtitle: "What users see. All fine here, and users complain: look at their way to the load balancer",
    widgets: [
      ...alertCharts(parts, {
        title: "Checks from outside that pass",
        unit: "share",
        alerts: ["endpoint-down"],
        legend: "${host}",
      }),
      ...loadBalancerRequests(parts),
      ...alertCharts(parts, {
        title: "Requests that fail at the load balancer",
        unit: "share",
        alerts: ["load-balancer-errors"],
        legend: "5xx",
      }),
      ...alertCharts(parts, {
        title: "95th percentile at the load balancer",
        unit: "ms",
        alerts: ["load-balancer-latency"],
        legend: "all services",
      }),
      ...alertCharts(parts, {
        title: "Days until the certificate expires",
        unit: "days",
        alerts: ["certificate-not-renewed", "certificate-expires"],
        legend: "${host}",
      }),
    ],
  };
}

function services(parts: DashboardParts): Section {
  return {
    title: "The services, callers first",
    subtitle: "The last one in the chain that fails is the cause; those before it fail because of it",
    widgets: callersFirst(parts.services).flatMap((service) => serviceRow(parts, service)),
  };
}

function serviceRow(parts: DashboardParts, service: Service): Chart[] {
  const { name, instances } = service;
  return [
    ...alertCharts(parts, {
      title: `${name}: requests that fail`,
      unit: "share",
      alerts: [`${name}-errors`],
      legend: "5xx",
    }),
    ...alertCharts(parts, {
      title: `${name}: 95th percentile, objective ${latencyOf(parts.objectives, service)} s`,
      unit: "ms",
      alerts: [`${name}-latency`],
      legend: "95th percentile",
    }),
    ...alertCharts(parts, {
      title: `${name}: instances of each revision`,
      unit: "instances",
      alerts: [`${name}-instances`],
      legend: "${resource.labels.revision_name}",
      budgets: [{ value: instances.max, label: `instances.max ${instances.max}` }],
    }),
  ];
}

function jobs(parts: DashboardParts): Section {
  return {
    title: "Jobs",
    subtitle: "Executions that failed: their work was not done",
    widgets: alertCharts(parts, {
      title: "Executions that failed",
      unit: "executions",
      alerts: (parts.jobs ?? []).map(({ name }) => `${name}-job-failed`),
      legend: "${resource.labels.job_name}",
    }),
  };
}

function workerPools(parts: DashboardParts): Section[] {
  const pools = parts.workerPools ?? [];
  if (pools.length === 0) return [];
  return [
    {
      title: "Worker pools",
      subtitle: "Instances of each, which should be as many as it states",
      widgets: pools.flatMap(({ name, instanceCount }) =>
        alertCharts(parts, {
          title: `${name}: instances`,
          unit: "instances",
          alerts: [`${name}-workers-missing`],
          legend: "${resource.labels.worker_pool_name}",
          budgets: [{ value: instanceCount, label: `instanceCount ${instanceCount}` }],
        }),
      ),
    },
  ];
}

function messages(parts: DashboardParts): Section {
  const ids = (suffix: string): string[] =>
    parts.subscriptions.map(({ topic, service }) => `subscription-${topic}-${service}-${suffix}`);
  const legend = "${resource.labels.subscription_id}";
  return {
    title: "Messages",
    subtitle: "What waits, and what became a dead letter because its service did not take it",
    widgets: [
      ...alertCharts(parts, {
        title: "Age of the oldest message",
        unit: "s",
        alerts: ids("waiting"),
        legend,
      }),
      ...alertCharts(parts, {
        title: "New dead letters",
        unit: "messages",
        alerts: ids("dead-letters"),
        legend,
      }),
    ],
  };
}

/** Callers before the services that they call. */
function callersFirst(services: readonly Service[]): Service[] {
  const depth = (service: Service): number =>
    Math.max(
      0,
      ...services
        .filter(({ dependsOn }) => dependsOn.includes(service.name))
        .map((caller) => depth(caller) + 1),
    );
  return [...services].sort((a, b) => depth(a) - depth(b));
}
