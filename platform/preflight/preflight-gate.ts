import { createHash } from "node:crypto";
import { clientsOf } from "../backing-services/caches.ts";
import { connectionsOf } from "../backing-services/databases.ts";
import { isSharedVpc, networkProject } from "../network/network-project.ts";
import type { PlanParts, PlatformPlan } from "../plan.ts";
import { isJob, kindOf, type Workload } from "../schema/environment.ts";
import { atOnce, checkedWorkloads } from "./preflight.ts";

/** Preflight jobs that the gate runs concurrently. Plain data, passed as JSON. */
export interface GatePlan {
  readonly version: 1;
  readonly environment: string;
  readonly project: string;
  readonly region: string;
  /** Image of the jobs. */
  readonly image: string;
  /** Seconds after which an execution is cancelled. */
  readonly within: number;
  readonly jobs: readonly GateJob[];
  /** Names of the static addresses of Cloud NAT. */
  readonly natAddresses: readonly string[];
  /** Project of these addresses. @default project */
  readonly networkProject?: string | undefined;
}

export interface GateJob {
  /** Service, job or worker pool that it checks. */
  readonly service: string;
  /** Name of the Cloud Run job. */
  readonly job: string;
  /** Whether the job compares its source address with those of Cloud NAT. */
  readonly comparesAddress: boolean;
}

/** Program that the gate runs with Node, next to the Terraform JSON of its stack. */
export const GATE_PROGRAM = "gate.cjs";

/** The jobs of everything with a preflight, or of what is named. */
export function gatePlan(
  plan: PlanParts<
    | "preflight"
    | "network"
    | "natAddresses"
    | "services"
    | "jobs"
    | "workerPools"
    | "timeBudget"
    | "preflightPlan"
  >,
  only?: readonly string[],
): GatePlan {
  const { name, project, region, preflight, names } = plan;
  const checked = checkedWorkloads(plan).filter(({ name }) => only === undefined || only.includes(name));
  return {
    version: 1,
    environment: name,
    project,
    region,
    image: preflight?.image ?? "",
    within: plan.timeBudget.readiness,
    jobs: checked.map((workload) => ({
      service: workload.name,
      job: names.preflightJob(workload.name),
      comparesAddress: plan.preflightPlan(workload).egress?.throughNat === true,
    })),
    natAddresses: Array.from({ length: plan.natAddresses }, (_, index) => names.natAddress(index + 1)),
    ...(isSharedVpc(plan) ? { networkProject: networkProject(plan) } : {}),
  };
}

/**
 * Values that make the gate run again when they change; the plan shows which one did. Long values are replaced by a
 * short hash.
 */
export function gateTriggers(
  plan: WorkloadTriggers &
    PlanParts<
      | "network"
      | "natAddresses"
      | "databaseInstances"
      | "cacheInstances"
      | "deadlines"
      | "objectives"
      | "preflight"
      | "services"
      | "jobs"
      | "workerPools"
    >,
): Record<string, string> {
  const { network, databaseInstances, cacheInstances, deadlines, objectives, preflight, names } = plan;
  const { addresses, connector } = network;
  return {
    "preflight image": preflight?.image.slice(preflight.image.indexOf("@") + 1) ?? "none",
    "preflight address echo": preflight?.addressEcho ?? "none",
    addresses: parts({
      connector: addresses.connector,
      "direct egress": addresses.directEgress,
      "private services": addresses.privateServices,
      "private service connect": addresses.privateServiceConnect,
    }),
    network: parts({
      project: plan.project,
      region: plan.region,
      network: names.network,
      "addresses of NAT": plan.natAddresses,
      domain: names.domain,
      ...(network.unmanaged === undefined
        ? {}
        : {
            "project of the network": networkProject(plan),
            subnet: network.unmanaged.directEgress,
            connector: network.unmanaged.connector,
            "subnet of the connector": network.unmanaged.connectorSubnet,
          }),
    }),
    connector:
      connector === undefined
        ? "none"
        : parts({
            machine: connector.machineType,
            instances: `${connector.minInstances} to ${connector.maxInstances}`,
          }),
    ...(network.furtherConnectors === undefined
      ? {}
      : {
          "further connectors": parts(
            Object.fromEntries(
              network.furtherConnectors.map(
                ({ name, range, subnet, machineType, minInstances, maxInstances }) => [
                  name,
                  `${subnet === undefined ? "" : `${subnet} of `}${range}, ${minInstances} to ${maxInstances} of ${machineType}`,
                ],
              ),
            ),
          ),
        }),
    ...databaseTriggers(databaseInstances),
    ...cacheTriggers(cacheInstances),
    deadlines: parts({
      "socket connect": `${deadlines.socketConnect} s`,
      "database initialization": `${deadlines.databaseInitialization} s x ${deadlines.initializationAttempts}`,
      "database statement": `${deadlines.databaseStatement} s`,
      "pool idle": `${deadlines.poolIdle} s`,
      "start-up window": `${deadlines.startupWindow} s`,
    }),
    objectives: parts({
      database: `${objectives.databaseMilliseconds} ms`,
      cache: `${objectives.cacheMilliseconds} ms`,
    }),
    ...Object.fromEntries(
      checkedWorkloads(plan).map((workload) => [
        `${kindOf(workload)} ${workload.name}`,
        workloadTrigger(plan, workload),
      ]),
    ),
  };
}

function databaseTriggers(instances: PlatformPlan["databaseInstances"]): Record<string, string> {
  if (instances.length === 0) return { database: "none" };
  return Object.fromEntries(
    instances.map(({ id, connectionName, settings }) => [
      id.replace("-", " "),
      parts({
        instance: connectionName,
        version: settings.version,
        tier: settings.tier,
        max_connections: settings.maxConnections,
        ...settings.flags,
      }),
    ]),
  );
}

function cacheTriggers(instances: PlatformPlan["cacheInstances"]): Record<string, string> {
  if (instances.length === 0) return { cache: "none" };
  return Object.fromEntries(
    instances.map(({ id, instance, settings }) => [
      id.replace("-", " "),
      parts({
        instance,
        version: settings.version,
        tier: settings.tier,
        GiB: settings.memoryGibibytes,
        nodes: settings.nodeType,
        shards: settings.shards,
        TLS: settings.tls,
        AUTH: settings.auth,
      }),
    ]),
  );
}

type WorkloadTriggers = Pick<
  PlatformPlan,
  "contract" | "egressMode" | "preflightPlan" | "databaseUses" | "cacheUses"
>;

function workloadTrigger(plan: WorkloadTriggers, workload: Workload): string {
  return parts({
    path: `${workload.path}${workload.connector === undefined ? "" : ` ${workload.connector}`} ${plan.egressMode(workload)}`,
    "database connections": connectionsOf(plan.databaseUses(workload)) || undefined,
    "Redis pool": clientsOf(plan.cacheUses(workload)) || undefined,
    [isJob(workload) ? "tasks at most" : "instances at most"]: atOnce(workload),
    contract: shortHash(plan.contract(workload)),
    plan: shortHash(plan.preflightPlan(workload)),
  });
}

function parts(named: Readonly<Record<string, string | number | boolean | undefined>>): string {
  return Object.entries(named)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
    .join(", ");
}

function shortHash(value: object): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
}
