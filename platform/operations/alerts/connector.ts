import { connectorLimits } from "../../../resources/limits.ts";
import { isOnOwnConnector, networkOf, usersOf } from "../../network/connectors.ts";
import { isConnectorOfOthers, isSharedVpc } from "../../network/network-project.ts";
import { networkSetting, regionLabels } from "../../regions/regions.ts";
import { workloads } from "../../schema/environment.ts";
import { seconds } from "../../units.ts";
import type { Alert, Series } from "../alert.ts";
import type { AlertContext, OperationsContext } from "../context.ts";
import { percent, shareOf, thresholds } from "../thresholds.ts";

const METRICS = "vpcaccess.googleapis.com/connector";
const BITS_PER_BYTE = 8;
const MEGA = 1e6;

type Context = AlertContext<"services" | "jobs" | "workerPools" | "network" | "connectionBudget">;

/** Of the environment's own connector, and of each further one. */
export function connectorAlerts(context: Context): Alert[] {
  const { network, connectionBudget, names, services, jobs, workerPools } = context;
  const { name, region, regions, main, alertWindows, checkCommands, projectFlag, locationFlags } = context;
  const place = { name, region, regions, main, alertWindows, checkCommands, projectFlag, locationFlags };
  return [
    ...ofConnector(context, `${networkSetting(context)}.connector`),
    ...connectionBudget.furtherConnectors.flatMap(({ connector, budget }) =>
      ofConnector(
        {
          // Part by part: those of a plan are computed when they are read, and the alerts are one of them.
          ...place,
          ...usersOf({ services, jobs, workerPools }, connector),
          network: networkOf(network, connector),
          connectionBudget: { ...connectionBudget, connector: budget },
          names: { ...names, connector: names.furtherConnector(connector.name) },
        },
        `${networkSetting(context)}.furtherConnectors.${connector.name}`,
      ).map((alert) => ({
        ...alert,
        id: alert.id.replace("connector-", `connector-${connector.name}-`),
      })),
    ),
  ];
}

/** The connector: instances, throughput and CPU (incident I-1). */
function ofConnector(context: Context, setting: string): Alert[] {
  const { names, connectionBudget, alertWindows, locationFlags, projectFlag } = context;
  const { connector } = context.network;
  const budget = connectionBudget.connector;
  const isOfOthers = isConnectorOfOthers(context);
  // Metrics of a connector are in its project, whose owner watches it.
  if (connector === undefined || budget === undefined || (isOfOthers && isSharedVpc(context))) return [];
  const describe = `gcloud compute networks vpc-access connectors describe ${names.connector} ${locationFlags}`;
  const users = workloads(context)
    .filter(isOnOwnConnector)
    .map(({ name }) => name);
  const instances = `gcloud run services list ${locationFlags} --format="table(metadata.name,status.latestReadyRevisionName)"`;
  const failures = `gcloud logging read 'resource.type="cloud_run_revision" AND severity>=ERROR AND (textPayload:"connect" OR jsonPayload.message:"connect")' --freshness=30m --limit=20 ${projectFlag}`;
  const series = (metric: string): Series => ({
    metric: `${METRICS}/${metric}`,
    resource: "vpc_access_connector",
    resourceLabels: { connector_name: names.connector, ...regionLabels(context) },
  });
  const perInstance = connectorLimits.throughputPerInstance.value[connector.machineType] ?? 0;
  const carries = `${connector.maxInstances} instances of ${connector.machineType} carry ${perInstance} Mbit/s each, together ${budget.limit} Mbit/s (${setting})`;
  const needs = `services are budgeted for ${budget.used} Mbit/s (${budget.shares.map(({ owner, sum }) => `${owner}: ${sum}`).join("; ") || "none is on it"})`;
  const traffic = (megabits: number, title: string): Alert["conditions"] => [
    {
      kind: "promql",
      title,
      query: {
        terms: [term("sent_bytes_count", context), term("received_bytes_count", context)],
        comparison: ">",
        threshold: (megabits * MEGA) / BITS_PER_BYTE,
      },
      duration: alertWindows.brief,
      interval: alertWindows.minute,
    },
  ];
  const most = shareOf(budget.limit, thresholds.page);
  return [
    {
      id: "connector-instances",
      severity: "ticket",
      symptom: "connector-at-its-maximum",
      title: `Connector ${names.connector} has all of its ${connector.maxInstances} instances`,
      meaning:
        'The connector has grown to its maximum and has no reserve for the next peak. A connector never shrinks, so this stays true until it is made larger (machineType) or services move to path "direct".',
      numbers: [carries, needs],
      commands: [describe, instances, context.checkCommands.outside],
      conditions: [
        {
          kind: "threshold",
          title: `more than ${connector.maxInstances - 1} instances`,
          series: series("instances"),
          aggregation: { period: alertWindows.minute, aligner: "ALIGN_MAX", reducer: "REDUCE_MAX" },
          comparison: "COMPARISON_GT",
          threshold: connector.maxInstances - 1,
          duration: alertWindows.sustained,
          missingData: "EVALUATION_MISSING_DATA_INACTIVE",
        },
      ],
    },
    // Others may use a connector that is not ours.
    ...overBudget(budget.used < most && !isOfOthers, {
      id: "connector-over-budget",
      severity: "ticket",
      symptom: "connector-at-its-maximum",
      title: `Connector ${names.connector} carries more than its services are budgeted for`,
      meaning: `${users.length === 0 ? "No service is on the connector, and something uses it." : `More goes through the connector than is budgeted: ${users.join(", ")} exceed their bandwidth, or something else uses it.`} The budget that was proved no longer describes the platform.`,
      numbers: [needs, carries],
      commands: [describe, instances, `npm run drift -- ${context.name}`],
      conditions: traffic(budget.used, "above the budget of its services"),
    }),
    {
      id: "connector-throughput",
      severity: "page",
      symptom: "connector-at-its-maximum",
      title: `Connector ${names.connector} carries nearly all it can`,
      meaning:
        "Sent and received traffic together are close to what the connector carries at its maximum. It drops what does not fit: connections to PostgreSQL and Redis slow down, then fail, while containers stay healthy.",
      numbers: [`${most} Mbit/s, ${percent(thresholds.page)} of what it carries`, carries],
      commands: [describe, instances, failures],
      conditions: traffic(most, `above ${most} Mbit/s`),
    },
    {
      id: "connector-cpu",
      severity: "page",
      symptom: "connector-at-its-maximum",
      title: `Connector ${names.connector} is out of CPU`,
      meaning:
        "Its instances work at their limit; those of shared-core machine types also run out of CPU credits. Packets are dropped, and connections of every service on this path time out.",
      numbers: [`${percent(thresholds.page)} of the CPU of the busiest instances (99th percentile)`, carries],
      commands: [describe, instances, failures],
      conditions: [
        {
          kind: "threshold",
          title: `CPU above ${percent(thresholds.page)}`,
          series: series("cpu/utilizations"),
          aggregation: { period: alertWindows.minute, aligner: "ALIGN_PERCENTILE_99", reducer: "REDUCE_MAX" },
          comparison: "COMPARISON_GT",
          threshold: thresholds.page,
          duration: alertWindows.sustained,
          missingData: "EVALUATION_MISSING_DATA_INACTIVE",
        },
      ],
    },
  ];
}

/** None where the budget is close to the connector's capacity: the page on its throughput covers that. */
function overBudget(isBelow: boolean, alert: Alert): Alert[] {
  return isBelow ? [alert] : [];
}

/** A PromQL term, because a condition in the filter language cannot add two metrics. */
function term(
  metric: string,
  context: Pick<OperationsContext, "names" | "alertWindows" | "region" | "regions" | "main">,
) {
  const { names, alertWindows } = context;
  return {
    aggregate: "sum",
    by: ["connector_name"],
    over: "rate",
    metric: `${METRICS}/${metric}`,
    resource: "vpc_access_connector",
    labels: { connector_name: names.connector, ...regionLabels(context) },
    window: seconds(alertWindows.sustained),
  } as const;
}
