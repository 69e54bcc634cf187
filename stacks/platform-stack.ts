import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { stateBucketOf } from "../platform/delivery/access.ts";
import type { PlatformNames } from "../platform/names.ts";
import type { PlanParts, PlatformPlan } from "../platform/plan.ts";
import { providerConstraint } from "../platform/provider.ts";
import { stateBackend } from "./state-backend.ts";

/** The parts of a plan that every stack needs, and those named. */
export type StackPlan<Part extends keyof PlatformPlan = never> = PlanParts<
  "labels" | "state" | "provider" | Part
>;

/** What every stack of an environment has: its provider, its own state, and the computed names. */
export abstract class PlatformStack extends TerraformStack {
  protected readonly names: PlatformNames;

  constructor(scope: Construct, plan: StackPlan, part: string) {
    const { names, project, region, labels, provider } = plan;
    const id = names.stack(part);
    super(scope, id);
    this.names = names;
    new GoogleProvider(this, "google", { project, region, defaultLabels: { ...labels } });
    // The classes ask for their own version; the attributes of newer ones are written as overrides of resources.
    if (provider !== undefined)
      this.addOverride("terraform.required_providers.google.version", providerConstraint(provider));
    stateBackend(this, id, stateBucketOf(plan, id));
  }
}
