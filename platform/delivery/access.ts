import type { PlatformPlan } from "../plan.ts";
import type { Environment } from "../schema/environment.ts";

/** What a workflow needs to sign in, and whose approval a deployment waits for. */
export interface DeliveryAccess {
  /** Name of the environment. */
  readonly environment: string;
  /** Environment of GitHub or GitLab whose reviewers approve. */
  readonly approval: string;
  readonly planProvider: string;
  readonly planner: string;
  readonly deployProvider: string;
  readonly deployer: string;
  /** Whether the job that has deployed rolls out as well. */
  readonly rollout: boolean;
}

/** Where the repository is, which is also the id of the only provider of each pool. */
export const hostOf = ({ host }: NonNullable<Environment["delivery"]>): "github" | "gitlab" =>
  host ?? "github";

/** How the workflows of an environment sign in; undefined where it is delivered by hand. */
export function deliveryAccess(
  plan: Pick<PlatformPlan, "delivery" | "name" | "names">,
): DeliveryAccess | undefined {
  const { delivery, name, names } = plan;
  if (delivery === undefined) return undefined;
  const provider = (pool: string) =>
    `projects/${delivery.projectNumber}/locations/global/workloadIdentityPools/${pool}/providers/${hostOf(delivery)}`;
  return {
    environment: name,
    approval: delivery.approval ?? name,
    planProvider: provider(names.planPool),
    planner: names.accountEmail(names.planner),
    deployProvider: provider(names.deployPool),
    deployer: names.accountEmail(names.deployer),
    rollout: delivery.rollout === true,
  };
}

/** Stacks that a person applies manually: an account that may change its own roles has all of them. */
export function isAppliedByHand({ prefix }: Pick<PlatformPlan, "prefix">, stack: string): boolean {
  return stack === `${prefix}-delivery`;
}

type State = NonNullable<Environment["state"]>;

/** Bucket of the states of what only an owner applies: who writes a state decides which providers Terraform runs. */
export const ownerBucket = ({ bucket, ownerBucket = `${bucket}-owner` }: State): string => ownerBucket;

/** Bucket of a stack's state; undefined where states are local files. */
export function stateBucketOf(
  { prefix, state }: Pick<PlatformPlan, "prefix" | "state">,
  stack: string,
): string | undefined {
  if (state === undefined) return undefined;
  return isAppliedByHand({ prefix }, stack) ? ownerBucket(state) : state.bucket;
}
