import { connectionBudget } from "../../connection-budget.ts";
import { vpcLimits } from "../../limits.ts";
import { platformNames } from "../../names.ts";
import { natPorts } from "../../nat-ports.ts";
import type { Environment, Service } from "../../schema/environment.ts";
import type { Alert } from "../alert.ts";
import { logMetrics } from "../log-metrics.ts";
import { latencyOf } from "../objectives.ts";
import { readingText } from "./reading.ts";
import { atEdge } from "./requests.ts";
import { type Drawing, watched } from "./watched.ts";
import type { BudgetLine, Chart, Dashboard, Section } from "./widget.ts";

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
        network(drawing),
        database(drawing),
        redis(drawing),
        dependencies(drawing),
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

function network(drawing: Drawing): Section {
  const { environment } = drawing;
  const { connector, nat } = environment.network;
  const ports = nat.addresses * vpcLimits.natPortsPerAddress.value;
  return {
    title: "The way into the network and out of it",
    subtitle:
      "A full connector drops packets: database and Redis below look slow or silent while they are idle",
    widgets: [
      ...watched(drawing, {
        title: "Connector: sent and received",
        unit: "bytes/s",
        alerts: ["connector-over-budget", "connector-throughput"],
        legend: "both ways",
      }),
      ...watched(drawing, {
        title: "Connector: instances",
        unit: "instances",
        alerts: ["connector-instances"],
        legend: "instances",
        budgets: limitLine(connector?.maxInstances, "network.connector.maxInstances"),
      }),
      ...watched(drawing, {
        title: "Connector: CPU of the busiest",
        unit: "share",
        alerts: ["connector-cpu"],
        legend: "99th percentile",
      }),
      ...watched(drawing, {
        title: "Packets that services could not send",
        unit: "packets",
        alerts: environment.services.map(({ name }) => `${name}-packets-dropped`),
        legend: "${resource.labels.service_name}",
      }),
      ...watched(drawing, {
        title: "Cloud NAT: ports allocated",
        unit: "ports",
        alerts: ["nat-ports"],
        metric: "router.googleapis.com/nat/allocated_ports",
        legend: "allocated",
        budgets: [{ value: ports, label: `all of ${ports}` }],
      }),
      ...watched(drawing, {
        title: "Cloud NAT: connections of one instance to one destination",
        unit: "ports",
        alerts: ["nat-ports"],
        metric: "router.googleapis.com/nat/port_usage",
        legend: "the most of one instance",
        budgets: [{ value: natPorts.maximum, label: `maximum ${natPorts.maximum}` }],
      }),
      ...watched(drawing, {
        title: "Cloud NAT: packets dropped",
        unit: "packets",
        alerts: ["nat-dropped"],
        metric: "router.googleapis.com/nat/dropped_sent_packets_count",
        legend: "no port left",
      }),
    ],
  };
}

function database(drawing: Drawing): Section {
  const { database } = connectionBudget(drawing.environment);
  return {
    title: `PostgreSQL: ${platformNames(drawing.environment).database}`,
    subtitle: "Connections first: they run out long before CPU does (incident I-3)",
    widgets: [
      ...watched(drawing, {
        title: "Connections",
        unit: "connections",
        alerts: ["database-connections", "database-connections-exhausted"],
        legend: "open",
        budgets: [{ value: database.limit, label: `max_connections ${database.limit}` }],
      }),
      ...watched(drawing, {
        title: "Attempts to connect that failed",
        unit: "attempts",
        alerts: ["database-logins-failed"],
        legend: "failed",
      }),
      ...watched(drawing, {
        title: "Answers (1) or not (0)",
        unit: "up",
        alerts: ["database-down", "database-standby"],
      }),
      ...share(drawing, "CPU", ["database-cpu"]),
      ...share(drawing, "Memory, without the page cache", ["database-memory"]),
      ...share(drawing, "Disk", ["database-disk", "database-disk-full"]),
    ],
  };
}

function redis(drawing: Drawing): Section {
  const { cache } = connectionBudget(drawing.environment);
  return {
    title: `Redis: ${platformNames(drawing.environment).redis}`,
    subtitle: "Clients near the cap or memory near its end: new connections or writes are refused",
    widgets: [
      ...watched(drawing, {
        title: "Clients",
        unit: "clients",
        alerts: ["redis-clients"],
        legend: "connected",
        budgets: [{ value: cache.used, label: `budget of all services ${cache.used}` }],
      }),
      ...watched(drawing, {
        title: "Connections rejected",
        unit: "connections",
        alerts: ["redis-rejected"],
        legend: "rejected",
      }),
      ...watched(drawing, {
        title: "Keys evicted",
        unit: "keys",
        alerts: ["redis-evictions"],
        legend: "evicted",
      }),
      ...share(drawing, "Memory of the keys", ["redis-memory"]),
      ...share(drawing, "Memory of the whole system", ["redis-system-memory"]),
    ],
  };
}

function share(drawing: Drawing, title: string, alerts: readonly string[]): Chart[] {
  return watched(drawing, { title, unit: "share", alerts, legend: title });
}

/** What the probe inside the network says, and what the incidents left in the logs. */
function dependencies(drawing: Drawing): Section {
  const { environment, alerts } = drawing;
  const probes = alerts.some(({ id }) => id === "preflight-critical");
  return {
    title: "Dependencies, as seen from inside the network",
    subtitle: "The preflight every five minutes, and the signatures of the incidents in the logs",
    widgets: [
      ...watched(drawing, {
        title: "Checks of the preflight that failed",
        unit: "failures",
        alerts: ["preflight-critical", "preflight"],
        legend: "${service}: ${category}, ${check}",
      }),
      ...watched(drawing, {
        title: "Runs of the preflight",
        unit: "runs",
        alerts: environment.services.map(({ name }) => `${name}-preflight-silent`),
        legend: "${resource.labels.job_name}",
      }),
      ...watched(drawing, {
        title: "Signatures of the incidents in the logs",
        unit: "entries",
        alerts: [
          "log-redis-error-3",
          "log-socket-connection-failed",
          "log-exit-code-3",
          "log-connection-slots-reserved",
        ],
      }),
      ...(probes
        ? [
            {
              kind: "logs",
              title: "Why the preflight failed",
              filter: logMetrics(environment)["preflight-failed"].filter,
            } as const,
          ]
        : []),
    ],
  };
}

function limitLine(value: number | undefined, key: string): BudgetLine[] {
  return value === undefined ? [] : [{ value, label: `${key} ${value}` }];
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
