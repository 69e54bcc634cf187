import type { Construct } from "constructs";
import { CloudRunService, type EgressPath } from "../constructs/cloud-run-service.ts";
import { contract } from "../platform/contract.ts";
import { egressMode } from "../platform/egress-plan.ts";
import type { Environment, Service } from "../platform/schema/environment.ts";
import { livenessProbe, startupProbe } from "../platform/time-budget.ts";
import { memoryQuantity } from "../platform/units.ts";
import { PlatformStack } from "./platform-stack.ts";

/** One service, in a stack of its own, so that it is planned, deployed and rolled back by itself. */
export class ServiceStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment, service: Service) {
    super(scope, environment, `service-${service.name}`);
    const variables = contract(environment, service);
    // Named after the service, so that its Terraform address says which one it is.
    new CloudRunService(this, `service-${service.name}`, {
      name: this.names.service(service.name),
      region: environment.region,
      image: service.image,
      port: service.port,
      cpu: String(service.cpu),
      memory: memoryQuantity(service.memory),
      concurrency: service.concurrency,
      minInstances: service.instances.min,
      maxInstances: service.instances.max,
      requestTimeout: service.requestTimeout,
      cpuAlwaysAllocated: service.cpuAlwaysAllocated,
      sessionAffinity: service.webSockets,
      serviceAccount: this.names.serviceAccountEmail(service.name),
      egressPath: this.egressPath(service),
      egress: egressMode(environment, service),
      ...(service.database?.via === "socket" ? { cloudSqlInstance: this.names.connectionName } : {}),
      environment: Object.fromEntries(
        variables.flatMap(({ name, from }) => ("value" in from ? [[name, from.value]] : [])),
      ),
      secrets: Object.fromEntries(
        variables.flatMap(({ name, from }) => ("secret" in from ? [[name, from]] : [])),
      ),
      startupProbe: startupProbe(environment.deadlines, service),
      livenessProbe: livenessProbe(service),
      public: service.exposure.length > 0,
      protection: environment.protection,
    });
  }

  private egressPath(service: Service): EgressPath {
    if (service.path === "connector") return { connector: this.names.connectorId };
    return { network: this.names.networkId, subnetwork: this.names.directEgressId };
  }
}
