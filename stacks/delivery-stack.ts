import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role/index.js";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member/index.js";
import type { ServiceAccount } from "@cdktf/provider-google/lib/service-account/index.js";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member/index.js";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member/index.js";
import type { Construct } from "constructs";
import { dependOn } from "../constructs/depend-on.ts";
import type { FederatedAccount } from "../constructs/federated-account.ts";
import { GithubFederation, type GithubFederationProps } from "../constructs/github-federation.ts";
import { GitlabFederation } from "../constructs/gitlab-federation.ts";
import { ProjectApis } from "../constructs/project-apis.ts";
import { hostOf, ownerBucket } from "../platform/delivery/access.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { UserError } from "../platform/user-error.ts";
import { hasWatchdog, ledgerObject } from "../platform/workloads/rollout.ts";
import { GRANTS, requiredRoles } from "../resources/required-roles.ts";
import type { RequiredRole } from "../resources/resource-type.ts";
import { refuseOwnersRoles } from "./owners-reach.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";
import { watchdogGrants } from "./watchdog-stack.ts";

/** Signing in, and the watchdog's grants on services. */
const APIS = ["iamcredentials.googleapis.com", "run.googleapis.com", "sts.googleapis.com"] as const;

/**
 * Read access to everything except the values of secrets; securityReviewer adds the policies that viewer cannot read.
 * logWriter is for the drift log, which an alert watches.
 */
const PLANNER_ROLES = [
  "roles/viewer",
  "roles/iam.roleViewer",
  "roles/iam.securityReviewer",
  "roles/iam.workloadIdentityPoolViewer",
  "roles/logging.logWriter",
] as const;

/** The provider reads the AUTH string of Redis at every refresh; no reader role includes this. */
const PLANNER_PERMISSIONS = ["redis.instances.getAuthString"] as const;

/** A rollout reads the metrics and probe logs of a step, and whether a rollback still has its secret versions. */
const ROLLOUT_PERMISSIONS = [
  "logging.logEntries.list",
  "monitoring.timeSeries.list",
  "secretmanager.versions.get",
] as const;

type Delivery = NonNullable<PlatformPlan["delivery"]>;

/** What the stacks of an environment contain, from which the deployer's rights follow. */
export interface StackContents {
  /** Types of all resources. */
  readonly types: readonly string[];
  /** Roles that they grant in the project. */
  readonly grantedRoles: readonly string[];
  /** Account ids of the service accounts that they create. */
  readonly identities: readonly string[];
}

/**
 * How workflows of GitHub or GitLab sign in, and what they may do. An owner applies it by hand, after all other stacks: an
 * account that may apply it may grant itself every right.
 */
export class DeliveryStack extends PlatformStack {
  readonly #plan: Pick<PlatformPlan, "name" | "project" | "prefix" | "state">;

  constructor(
    scope: Construct,
    plan: StackPlan<"delivery" | "services" | "furtherRegions" | "preflight">,
    contents: StackContents,
    deployerRoles: Readonly<Record<string, RequiredRole>> = {},
  ) {
    super(scope, plan, "delivery");
    this.#plan = plan;
    const apis = new ProjectApis(this, "apis", { project: plan.project, apis: APIS });
    const { delivery, state } = plan;
    if (delivery === undefined) return;
    const planner = this.#federation("planner", delivery, {
      pool: this.names.planPool,
      accountId: this.names.planner,
      displayName: `Plans of ${delivery.repository}`,
    });
    const deployer = this.#federation("deployer", delivery, {
      pool: this.names.deployPool,
      accountId: this.names.deployer,
      displayName: `Deployments of ${delivery.repository}`,
      only: { branch: delivery.branch, environment: delivery.approval ?? plan.name },
    });
    for (const federation of [planner, deployer]) dependOn(federation, apis);
    this.#grant("plan", planner.resource, PLANNER_ROLES, PLANNER_PERMISSIONS);
    refuseOwnersRoles(deployerRoles);
    const { roles, permissions, unknown } = requiredRoles(contents.types, deployerRoles);
    if (unknown.length > 0)
      throw new UserError(
        `The deployer's rights are not known for ${unknown.join(", ")}: name them in deployerRoles of main.ts, for example { ${unknown[0]}: "roles/..." } with the role that manages it.`,
      );
    const rollsOut = contents.types.includes("google_cloud_run_v2_service");
    const own = [...permissions, ...(rollsOut ? ROLLOUT_PERMISSIONS : [])].sort();
    this.#grant("deploy", deployer.resource, roles, own, contents.grantedRoles);
    this.#mayRunAs(deployer.resource, contents.identities);
    if (state === undefined) return;
    if (hasWatchdog(plan)) dependOn(watchdogGrants(this, plan, state.bucket), apis);
    // The planner reads states without locking them: write access next to a state is write access to the state.
    for (const [id, bucket] of [
      ["state-plan", state.bucket],
      ["owner-state-plan", ownerBucket(state)],
    ] as const)
      new StorageBucketIamMember(this, id, {
        bucket,
        role: "roles/storage.objectViewer",
        member: `serviceAccount:${planner.resource.email}`,
      });
    this.#mayWriteStates(deployer.resource, state.bucket);
  }

  #federation(
    id: string,
    delivery: Delivery,
    props: Omit<GithubFederationProps, "provider" | "repositoryId" | "ownerId">,
  ): FederatedAccount {
    const { repositoryId, ownerId, gitlabUrl } = delivery;
    const provider = hostOf(delivery);
    return provider === "github"
      ? new GithubFederation(this, id, { ...props, provider, repositoryId, ownerId })
      : new GitlabFederation(this, id, {
          ...props,
          provider,
          projectId: repositoryId,
          namespaceId: ownerId,
          ...(gitlabUrl === undefined ? {} : { issuer: gitlabUrl }),
        });
  }

  /**
   * The states of this environment's stacks, and the ledger of its rollouts; a bucket may hold those of other environments. The
   * state of this stack is in the owner's bucket: Terraform runs the providers that a state names with the rights of whoever
   * plans next. It was in this bucket once, where an owner with an old checkout still reads it.
   */
  #mayWriteStates(account: ServiceAccount, bucket: string): void {
    const member = `serviceAccount:${account.email}`;
    const { name, prefix } = this.#plan;
    const within = (object: string): string =>
      `resource.name.startsWith("projects/_/buckets/${bucket}/objects/${object}")`;
    const states = `${within(`${prefix}-`)} && !${within(`${this.node.id}/`)}`;
    new StorageBucketIamMember(this, "state-deploy", {
      bucket,
      role: "roles/storage.objectUser",
      member,
      condition: {
        title: "states-of-deployed-stacks",
        description: "Not the state of the stack that grants these rights",
        expression: `(${states}) || ${within(ledgerObject(name))}`,
      },
    });
    // Terraform lists its workspaces, which are objects; a list is a request to the bucket, that no prefix matches.
    new StorageBucketIamMember(this, "state-list", {
      bucket,
      role: "roles/storage.objectViewer",
      member,
      condition: {
        title: "list-objects",
        description: "Lists names; reads no object",
        expression: 'resource.type == "storage.googleapis.com/Bucket"',
      },
    });
  }

  /** Roles in the project, and a custom role for permissions that predefined roles only grant together with too many others. */
  #grant(
    id: string,
    account: ServiceAccount,
    roles: readonly string[],
    permissions: readonly string[],
    grantedRoles: readonly string[] = [],
  ): void {
    const { project, prefix, state } = this.#plan;
    const own =
      permissions.length === 0
        ? []
        : [
            new ProjectIamCustomRole(this, `${id}-role`, {
              roleId: `${prefix}_${id}`,
              title: `${prefix}: what no role of Google's gives to ${id} without giving too much`,
              permissions: [...permissions],
            }).name,
          ];
    for (const role of [...roles, ...own]) {
      const name = role.startsWith("roles/") ? role.replace("roles/", "") : "own";
      new ProjectIamMember(this, `${id}-${name}`, {
        project,
        role,
        member: `serviceAccount:${account.email}`,
        ...(role === GRANTS ? { condition: onlyGranting(grantedRoles) } : {}),
        ...(role.startsWith("roles/storage.") && state !== undefined
          ? { condition: everyBucketBut([state.bucket, ownerBucket(state)]) }
          : {}),
      });
    }
  }

  /** Granted on each identity: on the project it would include the default compute account, an editor. */
  #mayRunAs(account: ServiceAccount, identities: readonly string[]): void {
    const { project } = this.#plan;
    for (const identity of identities) {
      new ServiceAccountIamMember(this, `run-as-${identity}`, {
        serviceAccountId: `projects/${project}/serviceAccounts/${this.names.accountEmail(identity)}`,
        role: "roles/iam.serviceAccountUser",
        member: `serviceAccount:${account.email}`,
      });
    }
  }
}

/** Buckets of the stacks take a role in the project, which would hold for the buckets of the states as well. */
function everyBucketBut(buckets: readonly string[]) {
  const names = buckets.map((bucket) => `projects/_/buckets/${bucket}`);
  return {
    title: "all_buckets_but_the_states",
    description: "Not the buckets of the states, in which the stacks have rights of their own or none",
    expression: names
      .map((name) => `resource.name != "${name}" && !resource.name.startsWith("${name}/")`)
      .join(" && "),
  };
}

/** https://docs.cloud.google.com/iam/docs/setting-limits-on-granting-roles */
function onlyGranting(roles: readonly string[]) {
  const list = roles.map((role) => `'${role}'`).join(", ");
  return {
    title: "only_roles_of_the_stacks",
    description: "Gives and takes the roles that the stacks give, and no others",
    expression: `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${list}])`,
  };
}
