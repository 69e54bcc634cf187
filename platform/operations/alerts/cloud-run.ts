import type { Service } from "../../schema/environment.ts";
import type { Alert, Series } from "../alert.ts";
import type { Context } from "../context.ts";
import { latencyOf } from "../objectives.ts";
import { percent, shareOf, shares } from "../shares.ts";
import { atCloudRun } from "../traffic.ts";
import { beyond } from "./beyond.ts";
import { burnFactor, burnWindows } from "./burn-rate.ts";

/** Every service: errors, latency, instances, and how it starts (incidents I-1 and I-4). */
export function cloudRunAlerts(context: Context): Alert[] {
  return context.environment.services.flatMap((service) => [
    ...requestAlerts(context, service),
    ...instanceAlerts(context, service),
    ...startupAlerts(context, service),
  ]);
}

function commandsOf({ names, place, project }: Context, service: Service): Alert["commands"] {
  const name = names.service(service.name);
  return [
    `gcloud run services describe ${name} ${place}`,
    `gcloud logging read 'resource.type="cloud_run_revision" AND resource.labels.service_name="${name}" AND severity>=ERROR' --freshness=30m --limit=20 ${project}`,
    `gcloud run revisions list --service=${name} ${place}`,
  ];
}

function series({ names }: Context, service: Service, metric: string, metricLabels = {}): Series {
  return {
    metric: `run.googleapis.com/${metric}`,
    resource: "cloud_run_revision",
    resourceLabels: { service_name: names.service(service.name) },
    metricLabels,
  };
}

const BY_SERVICE = ["resource.label.service_name"] as const;

function requestAlerts(context: Context, service: Service): Alert[] {
  const { environment, names, windows } = context;
  const name = names.service(service.name);
  const goal = environment.objectives.availability;
  const steady = burnWindows.find(({ id }) => id === "steady");
  const factor = steady === undefined ? 1 : burnFactor({ goal, days: 30 }, steady);
  const errors = Math.round(factor * (1 - goal) * 1e6) / 1e6;
  const { requests, errors: failed, latencies } = atCloudRun(names, service);
  const latency = latencyOf(environment, service);
  const commands = commandsOf(context, service);
  return [
    {
      id: `${service.name}-errors`,
      severity: "ticket",
      symptom: "503-with-healthy-containers",
      title: `${name} answers ${percent(errors)} of its requests with 5xx`,
      meaning:
        "The containers run and fail: usually a dependency that their health check does not ask. If it goes on, the error budget is spent early.",
      numbers: [`${factor} times the error budget of ${percent(1 - goal)} (objectives.availability)`],
      commands,
      conditions: [
        beyond({
          title: `5xx above ${percent(errors)} of requests`,
          series: failed,
          denominator: requests,
          aggregation: {
            period: windows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_SUM",
            groupBy: BY_SERVICE,
          },
          threshold: errors,
          duration: windows.sustained,
        }),
      ],
    },
    {
      id: `${service.name}-latency`,
      severity: "ticket",
      symptom: "requests-slow",
      title: `${name} is slower than ${latency} s`,
      meaning:
        "The 95th percentile of successful requests is above the objective. Slow dependencies show here before anything fails.",
      numbers: [
        `${latency} s (${service.latency === undefined ? "objectives.latency" : `services.${service.name}.latency`}); WebSockets do not count`,
      ],
      commands,
      conditions: [
        beyond({
          title: `95th percentile above ${latency} s`,
          series: latencies,
          aggregation: {
            period: windows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_PERCENTILE_95",
            groupBy: BY_SERVICE,
          },
          threshold: latency * 1000,
          duration: windows.sustained,
        }),
      ],
    },
    {
      id: `${service.name}-packets-dropped`,
      severity: "ticket",
      symptom: "connector-at-its-maximum",
      title: `${name} loses packets that it sends`,
      meaning:
        "Cloud Run drops packets of its instances because they send more than their path carries. A connector reports no drops of its own; here is where they show.",
      numbers: [
        `path "${service.path}", budgeted for ${service.bandwidth} Mbit/s for each instance (services.${service.name}.bandwidth)`,
      ],
      commands,
      conditions: [
        beyond({
          title: "packets dropped",
          series: series(context, service, "container/network/throttled_outbound_packets_count"),
          aggregation: {
            period: windows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_SUM",
            groupBy: BY_SERVICE,
          },
          threshold: 0,
          duration: windows.sustained,
        }),
      ],
    },
  ];
}

/** Where the minimum is the maximum there is no "near": the service is always at it. */
function instanceAlerts(context: Context, service: Service): Alert[] {
  const { environment, names, windows } = context;
  const { min, max } = service.instances;
  const threshold = Math.max(shareOf(max, shares.ticket), min);
  if (threshold === 0 || threshold >= max) return [];
  const name = names.service(service.name);
  return [
    {
      id: `${service.name}-instances`,
      severity: "ticket",
      symptom: "instances-at-their-maximum",
      title: `${name} runs nearly all of its ${max} instances`,
      meaning:
        "At the maximum Cloud Run answers further requests with 429 or 503. Every instance more also takes its pool of connections.",
      numbers: [
        `${threshold} of ${max} instances of one revision (services.${service.name}.instances.max)`,
        `budgets count ${max} × ${environment.overlappingRevisions} revisions`,
      ],
      commands: commandsOf(context, service),
      conditions: [
        beyond({
          title: `more than ${threshold} instances`,
          series: series(context, service, "container/instance_count"),
          aggregation: {
            period: windows.minute,
            aligner: "ALIGN_MAX",
            reducer: "REDUCE_SUM",
            groupBy: ["resource.label.service_name", "resource.label.revision_name"],
          },
          threshold,
          duration: windows.sustained,
        }),
      ],
    },
  ];
}

function startupAlerts(context: Context, service: Service): Alert[] {
  const { environment, names, windows, time } = context;
  const { startupWindow, databaseInitialization, initializationAttempts } = environment.deadlines;
  const name = names.service(service.name);
  const window = `start-up window ${startupWindow} s (deadlines.startupWindow)`;
  const initialization =
    service.database === undefined
      ? []
      : [
          `database initialization ${databaseInitialization} s × ${initializationAttempts} attempts = ${time.initialization} s`,
        ];
  const slow = startupWindow * shares.startup;
  const commands = commandsOf(context, service);
  const alerts: Alert[] = [
    {
      id: `${service.name}-start-up`,
      severity: "ticket",
      symptom: "start-up-timeouts",
      title: `${name} takes longer than ${slow} s to start`,
      meaning:
        "Containers start, but use up their window: a little more pressure on the database or the connector, and Cloud Run kills them before they serve.",
      numbers: [window, ...initialization],
      commands,
      conditions: [
        beyond({
          title: `95th percentile of start-up above ${slow} s`,
          series: series(context, service, "container/startup_latencies"),
          aggregation: {
            period: windows.startup,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_PERCENTILE_95",
            groupBy: BY_SERVICE,
          },
          threshold: slow * 1000,
        }),
      ],
    },
    {
      id: `${service.name}-probes`,
      severity: "page",
      symptom: "start-up-timeouts",
      title: `Containers of ${name} fail their health checks`,
      meaning:
        "More than one container was killed: it did not start within its window, or stopped answering. New revisions and new instances do not come up.",
      numbers: [
        window,
        ...initialization,
        `liveness: ${service.livenessProbe.path} every ${service.livenessProbe.period} s (services.${service.name}.livenessProbe)`,
      ],
      commands,
      conditions: [
        beyond({
          title: "more than one container killed",
          series: series(context, service, "container/completed_probe_count", { is_healthy: false }),
          aggregation: {
            period: windows.startup,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_SUM",
            groupBy: BY_SERVICE,
          },
          threshold: 1,
        }),
      ],
    },
  ];
  if (service.database?.via !== "socket") return alerts;
  return [
    ...alerts,
    {
      id: `${service.name}-database-refused`,
      severity: "page",
      symptom: "socket-connection-failed",
      title: `The database refuses connections of ${name}`,
      meaning:
        "The Cloud SQL socket of the service is refused: no free connection, no permission, or no way to the instance.",
      numbers: initialization,
      commands,
      conditions: [
        beyond({
          title: `more than one pool refused`,
          series: series(context, service, "infrastructure/cloudsql/connection_refused_count"),
          aggregation: {
            period: windows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_SUM",
            groupBy: BY_SERVICE,
          },
          threshold: service.database.pool + service.database.overflow,
        }),
      ],
    },
  ];
}
