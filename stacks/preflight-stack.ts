import type { Construct } from "constructs";
import { CloudRunJob } from "../constructs/cloud-run-job.ts";
import { needsPreflight, preflightPlan } from "../platform/preflight.ts";
import type { Environment, Service } from "../platform/schema/environment.ts";
import { timeBudget } from "../platform/time-budget.ts";
import { gibibytes, memoryQuantity, seconds } from "../platform/units.ts";
import { PlatformStack } from "./platform-stack.ts";
import { serviceTemplate } from "./service-template.ts";

/** The probe is one small process of Node; Cloud Run's smallest job of one CPU carries it. */
const CPU = "1";
const MEMORY = memoryQuantity(gibibytes(0.5));

/**
 * One job for each service that needs something: the probe, with that service's own identity, way into the network,
 * secrets and variables, so that what it finds is what the service will find.
 */
export class PreflightStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "preflight");
    for (const service of environment.services.filter(needsPreflight)) this.job(environment, service);
  }

  private job(environment: Environment, service: Service): void {
    const template = serviceTemplate(environment, service);
    new CloudRunJob(this, `preflight-${service.name}`, {
      ...template,
      name: this.names.preflightJob(service.name),
      image: environment.preflight.image,
      cpu: CPU,
      memory: MEMORY,
      environment: {
        ...template.environment,
        PREFLIGHT_PLAN: JSON.stringify(preflightPlan(environment, service)),
      },
      // The probe ends by itself within the budget; what is over lets it say what it found.
      taskTimeout: seconds(timeBudget(environment).initialization + environment.deadlines.shutdownGrace),
      protection: environment.protection,
    });
  }
}
