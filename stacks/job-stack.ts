import type { Construct } from "constructs";
import { CloudRunJob } from "../constructs/cloud-run-job.ts";
import { dependOn } from "../constructs/depend-on.ts";
import { ScheduledJob } from "../constructs/operations/scheduled-job.ts";
import type { Job } from "../platform/schema/environment.ts";
import { memoryQuantity, seconds } from "../platform/units.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";
import { serviceTemplate, type TemplatePart, templateVolumes } from "./service-template.ts";
import { sidecarTemplate } from "./sidecar-template.ts";

/** Starting an execution takes seconds; the run itself may take longer. */
const START_DEADLINE = seconds(180);

/** One job, and its schedule where it has one, in its own stack. */
export class JobStack extends PlatformStack {
  constructor(scope: Construct, plan: StackPlan<TemplatePart | "secrets" | "project">, job: Job) {
    super(scope, plan, `job-${job.name}`);
    const created = new CloudRunJob(this, `job-${job.name}`, {
      ...serviceTemplate(plan, job),
      ...templateVolumes(plan, job),
      ...sidecarTemplate(plan, job),
      name: this.names.job(job.name),
      image: job.image,
      cpu: String(job.cpu),
      memory: memoryQuantity(job.memory),
      taskTimeout: job.timeout,
      tasks: job.tasks,
      parallelism: job.parallelism,
      retries: job.retries,
    });
    if (job.schedule === undefined) return;
    const scheduled = new ScheduledJob(this, `schedule-${job.name}`, {
      name: this.names.job(job.name),
      description: `Runs the job ${this.names.job(job.name)}`,
      project: plan.project,
      region: plan.region,
      job: this.names.job(job.name),
      schedule: job.schedule,
      deadline: START_DEADLINE,
      serviceAccount: this.names.serviceAccountEmail(job.name),
    });
    dependOn(scheduled, created);
  }
}
