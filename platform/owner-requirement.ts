import type { PlatformPlan } from "./plan.ts";

/** What the owner of something that is managed elsewhere grants or keeps there, because nothing of this environment may. */
export interface OwnerRequirement {
  /** What must be true: "Cloud Run may use the subnet run-europe-west1". */
  readonly requirement: string;
  /** What happens otherwise. */
  readonly otherwise: string;
  /** Commands of its owner: those that grant or create it, or that show it where it must exist already. */
  readonly commands: readonly string[];
}

/** Who applies the stacks, as a member of IAM: the deployer, or each person who deploys. */
export function deployerMember({ delivery, names }: Pick<PlatformPlan, "delivery" | "names">): string {
  return delivery === undefined ? "user:PERSON" : `serviceAccount:${names.accountEmail(names.deployer)}`;
}

/** The same as the subject of a sentence. */
export function deployerName({ delivery }: Pick<PlatformPlan, "delivery">): string {
  return delivery === undefined ? "Each person who deploys" : "The deployer";
}
