import type { Environment, Service } from "../../schema/environment.ts";
import type { Alert } from "../alert.ts";
import { latencyOf } from "../objectives.ts";
import { databaseSection, redisSection } from "./data-sections.ts";
import { dependenciesSection } from "./dependencies-section.ts";
import { networkSection } from "./network-section.ts";
import { readingText } from "./reading.ts";
import { atEdge } from "./requests.ts";
import { type Drawing, watched } from "./watched.ts";
import type { Chart, Dashboard, Section } from "./widget.ts";

/** The whole platform on one page, from the edge to the data: the first section that looks wrong is where to go on. */
export function platformDashboard(environment: Environment, alerts: readonly Alert[]): Dashboard {
  const drawing: Drawing = { environment, alerts };
  return {
    id: "platform",
    name: platformDashboardName(environment),
    sections: [
      {
        title: `${environment.name}, from the edge to the data`,
        subtitle: "What is open now, and how to read this page",
        widgets: [readingText(environment), { kind: "incidents", title: "Open incidents" }],
      },
      ...numbered([
        edge(drawing),
        services(drawing),
        networkSection(drawing),
        databaseSection(drawing),
        redisSection(drawing),
        dependenciesSection(drawing),
      ]),
    ],
  };
}

export function platformDashboardName({ prefix }: Environment): string {
  return `${prefix} platform`;
}

function numbered(sections: readonly Section[]): Section[] {
  return sections
    .filter(({ widgets }) => widgets.length > 0)
    .map((section, index) => ({ ...section, title: `${index + 1}. ${section.title}` }));
}

function edge(drawing: Drawing): Section {
  return {
    title: "The edge",
    subtitle: "What users see. All fine here, and users complain: look at their way to the load balancer",
    widgets: [
      ...watched(drawing, {
        title: "Checks from outside that pass",
        unit: "share",
        alerts: ["endpoint-down"],
        legend: "${host}",
      }),
      ...atEdge(drawing.environment),
      ...watched(drawing, {
        title: "Requests that fail at the load balancer",
        unit: "share",
        alerts: ["load-balancer-errors"],
        legend: "5xx",
      }),
      ...watched(drawing, {
        title: "95th percentile at the load balancer",
        unit: "ms",
        alerts: ["load-balancer-latency"],
        legend: "all services",
      }),
      ...watched(drawing, {
        title: "Days until the certificate expires",
        unit: "days",
        alerts: ["certificate-not-renewed", "certificate-expires"],
        legend: "${host}",
      }),
    ],
  };
}

function services(drawing: Drawing): Section {
  return {
    title: "The services, callers first",
    subtitle: "The last one in the chain that fails is the cause; those before it fail because of it",
    widgets: callersFirst(drawing.environment.services).flatMap((service) => serviceRow(drawing, service)),
  };
}

function serviceRow(drawing: Drawing, service: Service): Chart[] {
  const { name, instances } = service;
  return [
    ...watched(drawing, {
      title: `${name}: requests that fail`,
      unit: "share",
      alerts: [`${name}-errors`],
      legend: "5xx",
    }),
    ...watched(drawing, {
      title: `${name}: 95th percentile, objective ${latencyOf(drawing.environment, service)} s`,
      unit: "ms",
      alerts: [`${name}-latency`],
      legend: "95th percentile",
    }),
    ...watched(drawing, {
      title: `${name}: instances of each revision`,
      unit: "instances",
      alerts: [`${name}-instances`],
      legend: "${resource.labels.revision_name}",
      budgets: [{ value: instances.max, label: `instances.max ${instances.max}` }],
    }),
  ];
}

/** From those that nobody calls to those that call nobody. */
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
