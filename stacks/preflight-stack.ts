import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import { CloudRunJob } from "../constructs/cloud-run-job.ts";
import { dependOn } from "../constructs/depend-on.ts";
import { needsPreflight, preflightPlan } from "../platform/preflight.ts";
import { GATE_PROGRAM, gatePlan, gateTriggers } from "../platform/preflight-gate.ts";
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
 * secrets and variables, so that what it finds is what the service will find. Then the gate, which runs them all:
 *
 *     preflight-auth, preflight-backend ... -> gate -> (every service stack)
 */
export class PreflightStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "preflight");
    const jobs = environment.services.filter(needsPreflight).map((service) => this.job(environment, service));
    if (jobs.length > 0) this.gate(environment, jobs);
  }

  private job(environment: Environment, service: Service): CloudRunJob {
    const template = serviceTemplate(environment, service);
    // Never protected: it holds nothing, and would hold back whoever removes the service.
    return new CloudRunJob(this, `preflight-${service.name}`, {
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
    });
  }

  /**
   * Runs the jobs while it is created, and fails with them: Terraform then stops before any service stack, and the
   * gate stays tainted, so that the next apply runs it again. Its program stands beside this stack's JSON.
   */
  private gate(environment: Environment, jobs: readonly CloudRunJob[]): void {
    const gate = new DataResource(this, "gate", {
      triggersReplace: gateTriggers(environment),
      provisioners: [
        {
          type: "local-exec",
          when: "create",
          // Node itself and no shell, so that nothing depends on which one a machine has.
          interpreter: ["node"],
          command: GATE_PROGRAM,
          environment: { PREFLIGHT_GATE: JSON.stringify(gatePlan(environment)) },
        },
      ],
    });
    dependOn(gate, ...jobs);
  }
}
