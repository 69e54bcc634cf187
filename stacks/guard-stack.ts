import type { Construct } from "constructs";
import { dependOn } from "../constructs/depend-on.ts";
import { GuardGrants } from "../constructs/guard-grants.ts";
import { RolloutGuard } from "../constructs/rollout-guard.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { LEDGER_PREFIX } from "../platform/rollout.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/** The guard of rollouts. Only where the ledger is in a bucket: nobody in the project can read a file of a machine. */
export class GuardStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<"protection" | "services" | "preflight" | "delivery" | "guardEnvironment">,
    bucket: string,
  ) {
    super(scope, plan, "guard");
    const guard = new RolloutGuard(this, "guard", {
      name: this.names.guard,
      project: plan.project,
      region: plan.region,
      image: plan.preflight.image,
      services: plan.services.map(({ name }) => this.names.service(name)),
      environment: { GUARD_ENVIRONMENT: JSON.stringify(plan.guardEnvironment) },
      protection: plan.protection,
    });
    // A workflow must not be able to give these: with `delivery` a person applies them with that stack.
    if (plan.delivery === undefined) dependOn(guardGrants(this, plan, bucket), guard.identity);
  }
}

/** The grants that whoever may set them could also give themselves. */
export function guardGrants(
  scope: Construct,
  { names, project, services }: Pick<PlatformPlan, "names" | "project" | "services">,
  bucket: string,
): GuardGrants {
  return new GuardGrants(scope, "guard-grants", {
    project,
    guard: `${names.guard}@${project}.iam.gserviceaccount.com`,
    bucket,
    prefix: LEDGER_PREFIX,
    identities: Object.fromEntries(services.map(({ name }) => [name, names.serviceAccountEmail(name)])),
  });
}
