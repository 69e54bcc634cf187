import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { Aspects, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { stateBucketOf } from "../platform/delivery/access.ts";
import type { PlatformNames } from "../platform/names.ts";
import type { PlanParts, PlatformPlan } from "../platform/plan.ts";
import { providerConstraint } from "../platform/provider.ts";
import { factsOf } from "../resources/facts/index.ts";
import { providerFeatures } from "../resources/provider-features.ts";
import { stateBackend } from "./state-backend.ts";

/** The parts of a plan that every stack needs, and those named. */
export type StackPlan<Part extends keyof PlatformPlan = never> = PlanParts<
  "labels" | "state" | "provider" | "deletionPolicy" | Part
>;

/** What every stack of an environment has: its provider, its own state, and the computed names. */
export abstract class PlatformStack extends TerraformStack {
  protected readonly names: PlatformNames;

  constructor(scope: Construct, plan: StackPlan, part: string) {
    const { names, project, region, labels, provider, deletionPolicy } = plan;
    const id = names.stack(part);
    super(scope, id);
    this.names = names;
    new GoogleProvider(this, "google", { project, region, defaultLabels: { ...labels } });
    // The classes ask for their own version; the attributes of newer ones are written as overrides of resources.
    if (provider !== undefined)
      this.addOverride("terraform.required_providers.google.version", providerConstraint(provider));
    if (deletionPolicy !== undefined) Aspects.of(this).add({ visit: policyOf(deletionPolicy) });
    stateBackend(this, id, stateBucketOf(plan, id));
  }
}

/**
 * Writes the policy into each resource that `protection` protects, in a project's own stacks as well; "DELETE" into every one
 * that states none, because what is no longer protected may have an earlier policy in its state.
 */
function policyOf(policy: string): (node: IConstruct) => void {
  const { path } = providerFeatures.deletionPolicy;
  return (node) => {
    if (!TerraformResource.isTerraformResource(node)) return;
    if (policy !== "DELETE" && node.lifecycle?.preventDestroy !== true) return;
    const hasPolicy = factsOf(node.terraformResourceType)?.has(path) === true;
    if (hasPolicy && Reflect.get(node, "deletionPolicyInput") === undefined) node.addOverride(path, policy);
  };
}
