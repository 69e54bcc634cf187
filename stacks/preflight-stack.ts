import { type LocalExecProvisioner, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { CloudRunJob } from "../constructs/cloud-run-job.ts";
import { dependOn } from "../constructs/depend-on.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { checkedWorkloads } from "../platform/preflight/preflight.ts";
import { GATE_PROGRAM, gatePlan, gateTriggers } from "../platform/preflight/preflight-gate.ts";
import { regionalName } from "../platform/regions/regions.ts";
import type { Workload } from "../platform/schema/environment.ts";
import { gibibytes, memoryQuantity, seconds } from "../platform/units.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";
import { serviceTemplate, type TemplatePart } from "./service-template.ts";

/** The probe is one small Node process. */
const CPU = "1";
const MEMORY = memoryQuantity(gibibytes(0.5));

type JobPart = "main" | TemplatePart | "preflight" | "timeBudget" | "deadlines" | "preflightPlan";
type GateParts = Parameters<typeof gateTriggers>[0] & Parameters<typeof gatePlan>[0];

/**
 * One job for each service, job and worker pool with a preflight: the probe runs with its own identity, network path, secrets and
 * variables, so that it sees what that will see. Then the gate, which runs all jobs:
 *
 *     preflight-auth, preflight-backend ... -> gate -> (every stack of a service, a job or a worker pool)
 */
export class PreflightStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<JobPart> & GateParts,
    preflight: NonNullable<PlatformPlan["preflight"]>,
  ) {
    super(scope, plan, "preflight");
    const jobs = checkedWorkloads(plan).map((workload) => this.job(plan, preflight, workload));
    if (jobs.length > 0) this.gate(plan, jobs);
  }

  private job(
    plan: Pick<PlatformPlan, JobPart>,
    { image }: NonNullable<PlatformPlan["preflight"]>,
    workload: Workload,
  ): CloudRunJob {
    // The probe has an image, and with it an entry point, of its own.
    const { command: _, args: __, ...template } = serviceTemplate(plan, workload);
    // Never protected: it holds no data, and protection would block the removal of the service.
    return new CloudRunJob(this, `preflight-${regionalName(plan, workload.name)}`, {
      ...template,
      name: this.names.preflightJob(workload.name),
      image,
      cpu: CPU,
      memory: MEMORY,
      environment: {
        ...template.environment,
        PREFLIGHT_PLAN: JSON.stringify(plan.preflightPlan(workload)),
      },
      // The probe ends by itself within the budget; the remaining time is for its report.
      taskTimeout: seconds(plan.timeBudget.initialization + plan.deadlines.shutdownGrace),
    });
  }

  /**
   * Runs the jobs during its creation, and fails with them: Terraform then stops before any service stack, and the
   * gate stays tainted, so that the next apply runs it again. Its program is next to this stack's JSON.
   */
  private gate(plan: GateParts, jobs: readonly CloudRunJob[]): void {
    const gate = new Gate(this, "gate", gateTriggers(plan), {
      type: "local-exec",
      when: "create",
      // Node itself and no shell, so that nothing depends on which one a machine has.
      interpreter: ["node"],
      command: GATE_PROGRAM,
      environment: { PREFLIGHT_GATE: JSON.stringify(gatePlan(plan)) },
    });
    dependOn(gate, ...jobs);
  }
}

/**
 * A `terraform_data` that runs a program whenever a trigger has changed.
 *
 * CDKTF's `DataResource` runs the Terraform binary at synth to learn its version, and synth must work without it.
 */
class Gate extends TerraformResource {
  readonly #triggers: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    triggers: Readonly<Record<string, string>>,
    provisioner: LocalExecProvisioner,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
      provisioners: [provisioner],
    });
    this.#triggers = triggers;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { triggers_replace: this.#triggers };
  }
}
