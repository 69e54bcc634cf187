import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { PlatformNames } from "../platform/names.ts";
import type { PlanParts, PlatformPlan } from "../platform/plan.ts";
import { stateBackend } from "./state-backend.ts";

/** The parts of a plan that every stack needs, and those named. */
export type StackPlan<Part extends keyof PlatformPlan = never> = PlanParts<"labels" | "state" | Part>;

/** What every stack of an environment has: its provider, its own state, and the computed names. */
export abstract class PlatformStack extends TerraformStack {
  protected readonly names: PlatformNames;

  constructor(scope: Construct, { names, project, region, labels, state }: StackPlan, part: string) {
    const id = names.stack(part);
    super(scope, id);
    this.names = names;
    new GoogleProvider(this, "google", { project, region, defaultLabels: { ...labels } });
    stateBackend(this, id, state);
  }
}
