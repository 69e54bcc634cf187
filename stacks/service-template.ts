import type { CloudRunTemplateProps, EgressPath } from "../constructs/cloud-run-template.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import type { Workload } from "../platform/schema/environment.ts";
import { memoryQuantity } from "../platform/units.ts";
import type { Variable } from "../platform/workloads/contract.ts";

/** Volumes of a service or a job, which its preflight does not have: the probe has less memory, and writes no files. */
export function templateVolumes(
  { names }: Pick<PlatformPlan, "names">,
  { buckets = [], inMemoryVolumes = [] }: Workload,
): Pick<CloudRunTemplateProps, "mountedBuckets" | "inMemoryVolumes"> {
  return {
    mountedBuckets: buckets.flatMap(({ bucket, access, mount }) =>
      mount === undefined ? [] : [{ bucket: names.bucket(bucket), mount, readOnly: access === "read" }],
    ),
    inMemoryVolumes: inMemoryVolumes.map(({ mount, size }) => ({ mount, size: memoryQuantity(size) })),
  };
}

/** The parts of a plan that a service template is made from. */
export type TemplatePart = "names" | "region" | "contract" | "egressMode" | "databaseUses";

function connectorIdOf({ connector }: Workload, names: PlatformPlan["names"]): string {
  return connector === undefined ? names.connectorId : names.furtherConnectorId(connector);
}

function egressPath(
  path: "connector" | "direct",
  workload: Workload,
  names: PlatformPlan["names"],
): EgressPath {
  return path === "connector"
    ? { connector: connectorIdOf(workload, names) }
    : { network: names.networkId, subnetwork: names.directEgressId };
}

/** Properties that a service, its preflight and a job share: identity, network path, secrets and variables. */
export function serviceTemplate(
  { names, region, contract, egressMode, databaseUses }: Pick<PlatformPlan, TemplatePart>,
  service: Workload,
): Omit<CloudRunTemplateProps, "name" | "image" | "cpu" | "memory"> {
  const variables = contract(service);
  const sockets = databaseUses(service).flatMap(({ via, instance }) =>
    via === "socket" ? [instance.connectionName] : [],
  );
  return {
    region,
    serviceAccount: names.serviceAccountEmail(service.name),
    ...(service.path === "none"
      ? {}
      : { egressPath: egressPath(service.path, service, names), egress: egressMode(service) }),
    ...(service.command === undefined ? {} : { command: service.command }),
    ...(service.args === undefined ? {} : { args: service.args }),
    ...(sockets.length === 0 ? {} : { cloudSqlInstance: [...new Set(sockets)] }),
    environment: plainVariables(variables),
    secrets: secretVariables(variables),
  };
}

export function plainVariables(variables: readonly Variable[]): CloudRunTemplateProps["environment"] {
  return Object.fromEntries(
    variables.flatMap(({ name, from }) => ("value" in from ? [[name, from.value]] : [])),
  );
}

export function secretVariables(variables: readonly Variable[]): CloudRunTemplateProps["secrets"] {
  return Object.fromEntries(variables.flatMap(({ name, from }) => ("secret" in from ? [[name, from]] : [])));
}
