import type { Construct } from "constructs";
import { CloudRunWorkerPool } from "../constructs/cloud-run-worker-pool.ts";
import type { WorkerPool } from "../platform/schema/environment.ts";
import { memoryQuantity } from "../platform/units.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";
import { serviceTemplate, type TemplatePart, templateVolumes } from "./service-template.ts";
import { ownProbes, sidecarTemplate } from "./sidecar-template.ts";

/** One worker pool, in its own stack. */
export class WorkerPoolStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<TemplatePart | "secrets" | "deadlines" | "protection">,
    pool: WorkerPool,
  ) {
    super(scope, plan, `workers-${pool.name}`);
    new CloudRunWorkerPool(this, `workers-${pool.name}`, {
      ...serviceTemplate(plan, pool),
      ...templateVolumes(plan, pool),
      ...sidecarTemplate(plan, pool),
      ...ownProbes(plan, pool),
      name: this.names.workerPool(pool.name),
      image: pool.image,
      cpu: String(pool.cpu),
      memory: memoryQuantity(pool.memory),
      instanceCount: pool.instanceCount,
      protection: plan.protection,
    });
  }
}
