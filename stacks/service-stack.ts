import type { Construct } from "constructs";
import { CloudRunService } from "../constructs/cloud-run-service.ts";
import type { Environment, Service } from "../platform/schema/environment.ts";
import { livenessProbe, startupProbe } from "../platform/time-budget.ts";
import { memoryQuantity } from "../platform/units.ts";
import { PlatformStack } from "./platform-stack.ts";
import { serviceTemplate } from "./service-template.ts";

/** One service, in a stack of its own, so that it is planned, deployed and rolled back by itself. */
export class ServiceStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment, service: Service) {
    super(scope, environment, `service-${service.name}`);
    // Named after the service, so that its Terraform address says which one it is.
    new CloudRunService(this, `service-${service.name}`, {
      ...serviceTemplate(environment, service),
      name: this.names.service(service.name),
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
      startupProbe: startupProbe(environment.deadlines, service),
      livenessProbe: livenessProbe(service),
      public: service.exposure.length > 0,
      protection: environment.protection,
    });
  }
}
