import type { CloudRunTemplateProps, EgressPath, WayIn } from "../constructs/cloud-run-template.ts";
import { contract } from "../platform/contract.ts";
import { egressMode } from "../platform/egress-plan.ts";
import { platformNames } from "../platform/names.ts";
import type { Environment, Service } from "../platform/schema/environment.ts";

/** What a service and its preflight have in common: identity, way into the network, secrets and variables. */
export function serviceTemplate(
  environment: Environment,
  service: Service,
): Omit<CloudRunTemplateProps, "name" | "image" | "cpu" | "memory" | keyof WayIn> & WayIn {
  const names = platformNames(environment);
  const variables = contract(environment, service);
  const direct: EgressPath = { network: names.networkId, subnetwork: names.directEgressId };
  return {
    region: environment.region,
    serviceAccount: names.serviceAccountEmail(service.name),
    egressPath: service.path === "connector" ? { connector: names.connectorId } : direct,
    egress: egressMode(environment, service),
    ...(service.database?.via === "socket" ? { cloudSqlInstance: names.connectionName } : {}),
    environment: Object.fromEntries(
      variables.flatMap(({ name, from }) => ("value" in from ? [[name, from.value]] : [])),
    ),
    secrets: Object.fromEntries(
      variables.flatMap(({ name, from }) => ("secret" in from ? [[name, from]] : [])),
    ),
  };
}
