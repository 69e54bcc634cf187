import { connectionsOf } from "../../backing-services/databases.ts";
import { instancesSetting, regionLabels } from "../../regions/regions.ts";
import type { Service } from "../../schema/environment.ts";
import { probeText } from "../../workloads/container-probe.ts";
import { livenessProbe } from "../../workloads/probes.ts";
import type { Alert, Series } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { latencyOf } from "../objectives.ts";
import { percent, shareOf, thresholds } from "../thresholds.ts";
import { atCloudRun } from "../traffic.ts";
import { aboveThreshold } from "./above-threshold.ts";
import { errorThreshold } from "./burn-rate.ts";

/** Every service: errors, latency, instances, and how it starts (incidents I-1 and I-4). */
export function cloudRunAlerts(context: Parts): Alert[] {
  return context.services.flatMap((service) => [
    ...requestAlerts(context, service),
    ...instanceAlerts(context, service),
    ...startupAlerts(context, service),
  ]);
}

type Parts = AlertContext<
  "services" | "network" | "deadlines" | "objectives" | "overlappingRevisions" | "timeBudget" | "databaseUses"
>;

function commandsOf({ names, locationFlags, projectFlag }: Parts, service: Service): Alert["commands"] {
  const name = names.service(service.name);
  return [
    `gcloud run services describe ${name} ${locationFlags}`,
    `gcloud logging read 'resource.type="cloud_run_revision" AND resource.labels.service_name="${name}" AND severity>=ERROR' --freshness=30m --limit=20 ${projectFlag}`,
    `gcloud run revisions list --service=${name} ${locationFlags}`,
  ];
}

function series(context: Parts, service: Service, metric: string, metricLabels = {}): Series {
  return {
    metric: `run.googleapis.com/${metric}`,
    resource: "cloud_run_revision",
    resourceLabels: { service_name: context.names.service(service.name), ...regionLabels(context) },
    metricLabels,
  };
}

const BY_SERVICE = ["resource.label.service_name"] as const;

function requestAlerts(context: Parts, service: Service): Alert[] {
  const { names, alertWindows } = context;
  const name = names.service(service.name);
  const goal = context.objectives.availability;
  const { factor, errors } = errorThreshold(goal, "steady");
  const { requests, errors: failed, latencies } = atCloudRun(names, service, regionLabels(context));
  const latency = latencyOf(context.objectives, service);
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
        aboveThreshold({
          title: `5xx above ${percent(errors)} of requests`,
          series: failed,
          denominator: requests,
          aggregation: {
            period: alertWindows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_SUM",
            groupBy: BY_SERVICE,
          },
          threshold: errors,
          duration: alertWindows.sustained,
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
        aboveThreshold({
          title: `95th percentile above ${latency} s`,
          series: latencies,
          aggregation: {
            period: alertWindows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_PERCENTILE_95",
            groupBy: BY_SERVICE,
          },
          threshold: latency * 1000,
          duration: alertWindows.sustained,
        }),
      ],
    },
    {
      id: `${service.name}-packets-dropped`,
      severity: "ticket",
      symptom: context.network.connector === undefined ? "requests-slow" : "connector-at-its-maximum",
      title: `${name} loses packets that it sends`,
      meaning:
        "Cloud Run drops packets of its instances because they send more than their path carries. A connector reports no drops of its own; here is where they show.",
      numbers: [
        `path "${service.path}", budgeted for ${service.bandwidth} Mbit/s for each instance (services.${service.name}.bandwidth)`,
      ],
      commands,
      conditions: [
        aboveThreshold({
          title: "packets dropped",
          series: series(context, service, "container/network/throttled_outbound_packets_count"),
          aggregation: {
            period: alertWindows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_SUM",
            groupBy: BY_SERVICE,
          },
          threshold: 0,
          duration: alertWindows.sustained,
        }),
      ],
    },
  ];
}

/** None where the minimum equals the maximum: the service is always at its maximum. */
function instanceAlerts(context: Parts, service: Service): Alert[] {
  const { names, alertWindows } = context;
  const { min, max } = service.instances;
  const threshold = Math.max(shareOf(max, thresholds.ticket), min);
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
        `${threshold} of ${max} instances of one revision (${instancesSetting(context, service)}.max)`,
        `budgets count ${max} × ${context.overlappingRevisions} revisions`,
      ],
      commands: commandsOf(context, service),
      conditions: [
        aboveThreshold({
          title: `more than ${threshold} instances`,
          series: series(context, service, "container/instance_count"),
          aggregation: {
            period: alertWindows.minute,
            aligner: "ALIGN_MAX",
            reducer: "REDUCE_SUM",
            groupBy: ["resource.label.service_name", "resource.label.revision_name"],
          },
          threshold,
          duration: alertWindows.sustained,
        }),
      ],
    },
  ];
}

function startupAlerts(context: Parts, service: Service): Alert[] {
  const { names, alertWindows, timeBudget } = context;
  const { startupWindow, databaseInitialization, initializationAttempts } = context.deadlines;
  const liveness = livenessProbe(service);
  const name = names.service(service.name);
  const window = `start-up window ${startupWindow} s (deadlines.startupWindow)`;
  const initialization =
    context.databaseUses(service).length === 0
      ? []
      : [
          `database initialization ${databaseInitialization} s × ${initializationAttempts} attempts = ${timeBudget.initialization} s`,
        ];
  const slow = startupWindow * thresholds.startup;
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
        aboveThreshold({
          title: `95th percentile of start-up above ${slow} s`,
          series: series(context, service, "container/startup_latencies"),
          aggregation: {
            period: alertWindows.startup,
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
        ...(liveness === undefined
          ? []
          : [
              `liveness: ${probeText(liveness)} every ${liveness.period} s (services.${service.name}.livenessProbe)`,
            ]),
      ],
      commands,
      conditions: [
        aboveThreshold({
          title: "more than one container killed",
          series: series(context, service, "container/completed_probe_count", { is_healthy: false }),
          aggregation: {
            period: alertWindows.startup,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_SUM",
            groupBy: BY_SERVICE,
          },
          threshold: 1,
        }),
      ],
    },
  ];
  const sockets = context.databaseUses(service).filter(({ via }) => via === "socket");
  if (sockets.length === 0) return alerts;
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
        aboveThreshold({
          title: `more than one pool refused`,
          series: series(context, service, "infrastructure/cloudsql/connection_refused_count"),
          aggregation: {
            period: alertWindows.sustained,
            aligner: "ALIGN_DELTA",
            reducer: "REDUCE_SUM",
            groupBy: BY_SERVICE,
          },
          threshold: connectionsOf(sockets),
        }),
      ],
    },
  ];
}
