import type { Construct } from "constructs";
import { AccountRoles } from "../constructs/account-roles.ts";
import { ContainerRegistry } from "../constructs/container-registry.ts";
import { dependOn } from "../constructs/depend-on.ts";
import { ProjectApis } from "../constructs/project-apis.ts";
import { type ConditionalRole, labelOfRole, type ProjectRole } from "../constructs/project-role.ts";
import { Secret } from "../constructs/secret.ts";
import { ServiceIdentity } from "../constructs/service-identity.ts";
import { hasIamLogin } from "../platform/backing-services/cache-engines.ts";
import { connectsVia } from "../platform/backing-services/databases.ts";
import { receivesEvents } from "../platform/backing-services/events.ts";
import { hasInternalCalls } from "../platform/edge/service-address.ts";
import { hasNetwork } from "../platform/network/has-network.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { isService, kindOf, type Workload, workloads } from "../platform/schema/environment.ts";
import { foreignAccounts, onePerAccount } from "../platform/workloads/foreign-accounts.ts";
import { isForeignSecret } from "../platform/workloads/secret-reference.ts";
import { readersOfSecrets } from "../platform/workloads/secrets.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

type ApiPart =
  | "databaseInstances"
  | "cacheInstances"
  | "delivery"
  | "secrets"
  | "region"
  | "main"
  | "regions"
  | "existing"
  | "edge"
  | "network"
  | "preflight"
  | "services"
  | "jobs"
  | "workerPools"
  | "topics"
  | "buckets";

/** APIs that the other stacks use. Enabling them takes a minute, so that they are in a stack before all others. */
export function platformApis(plan: Pick<PlatformPlan, ApiPart>): string[] {
  const { databaseInstances, cacheInstances, edge, network, preflight } = plan;
  const { jobs = [], topics = [], buckets = [] } = plan;
  const hasDatabase = databaseInstances.length > 0;
  const has = (engine: string) => cacheInstances.some((cache) => cache.engine.id === engine);
  const [hasRedis, hasValkey] = [has("redis"), has("valkey")];
  const hasData = hasDatabase || hasRedis || hasValkey;
  const runs = workloads(plan).length > 0;
  const hasEvents = plan.services.some(({ events = [] }) => events.length > 0);
  const used: Readonly<Record<string, boolean>> = {
    artifactregistry: runs,
    certificatemanager: edge !== undefined,
    cloudresourcemanager: true,
    cloudscheduler: preflight !== undefined || jobs.some(({ schedule }) => schedule !== undefined),
    compute: hasNetwork(plan) || edge !== undefined,
    dns: hasData || edge !== undefined || hasInternalCalls(plan),
    iam: runs || plan.delivery !== undefined,
    iap: plan.services.some(({ iap }) => iap !== undefined),
    logging: true,
    memorystore: hasValkey,
    monitoring: true,
    networkconnectivity: hasValkey || network.addresses.privateServiceConnect !== undefined,
    networkmanagement: hasNetwork(plan),
    eventarc: hasEvents,
    pubsub: topics.length > 0 || hasEvents,
    redis: hasRedis,
    run: runs,
    secretmanager: plan.secrets.length > 0,
    // It creates the account with which Network Connectivity makes the endpoints of Valkey.
    serviceconsumermanagement: hasValkey || network.addresses.privateServiceConnect !== undefined,
    servicenetworking: hasDatabase || hasRedis || network.addresses.privateServices !== undefined,
    sqladmin: hasDatabase,
    storage: buckets.length > 0,
    vpcaccess: network.connector !== undefined,
  };
  return Object.entries(used).flatMap(([api, isUsed]) => (isUsed ? [`${api}.googleapis.com`] : []));
}

type FoundationPlan = StackPlan<"protection" | "contract" | "cacheUses" | ApiPart>;

/** APIs, image registry, service accounts, and secrets with their readers. Deployed first. */
export class FoundationStack extends PlatformStack {
  constructor(scope: Construct, plan: FoundationPlan) {
    super(scope, plan, "foundation");
    const apis = new ProjectApis(this, "apis", { project: plan.project, apis: platformApis(plan) });
    // Where nothing runs, no image is pushed.
    const registries =
      workloads(plan).length === 0
        ? []
        : [new ContainerRegistry(this, "registry", { name: this.names.registry, region: plan.region })];
    const identities = new Map(
      workloads(plan)
        .filter(({ serviceAccount }) => serviceAccount === undefined)
        .map((workload) => [workload.name, this.identity(plan, workload)]),
    );
    const granted = foreignAccounts(plan).map(
      ({ email, users }) =>
        new AccountRoles(
          this,
          `roles-${email.replace(/\.iam\.gserviceaccount\.com$/, "").replace("@", "-of-")}`,
          {
            account: email,
            project: plan.project,
            roles: onePerLabel(users.flatMap((user) => projectRoles(plan, user))),
          },
        ),
    );
    const readers = readersOfSecrets(plan);
    const secrets = plan.secrets
      .filter((secret) => !isForeignSecret(secret))
      .map(
        ({ name }) =>
          new Secret(this, `secret-${name}`, {
            name,
            protection: plan.protection,
            readers: Object.fromEntries(
              onePerAccount(this.names, readers.get(name) ?? []).map((service) => [
                service,
                identities.get(service)?.resource.email ?? this.names.serviceAccountEmail(service),
              ]),
            ),
          }),
      );
    for (const construct of [...registries, ...identities.values(), ...granted, ...secrets]) {
      dependOn(construct, apis);
    }
  }

  private identity(plan: FoundationPlan, service: Workload): ServiceIdentity {
    return new ServiceIdentity(this, `identity-${service.name}`, {
      accountId: this.names.serviceAccount(service.name),
      displayName: `Cloud Run ${kindOf(service)} ${this.names.service(service.name)}`,
      project: plan.project,
      roles: projectRoles(plan, service),
    });
  }
}

/** What several that run as one account need alike is granted once. */
function onePerLabel(roles: readonly ProjectRole[]): ProjectRole[] {
  return [...new Map(roles.map((role) => [labelOfRole(role), role])).values()];
}

/** The Cloud SQL socket needs a role, the private address none; Valkey admits accounts by a role. */
function projectRoles(plan: Pick<PlatformPlan, "cacheUses">, workload: Workload): ProjectRole[] {
  const { roles = [] } = workload;
  return [
    ...new Set([
      ...(connectsVia(workload, "socket") ? ["roles/cloudsql.client"] : []),
      ...(isService(workload) && receivesEvents(workload) ? ["roles/eventarc.eventReceiver"] : []),
      ...roles,
    ]),
    // Who has the role by itself has it for every instance.
    ...(roles.includes(VALKEY_LOGIN) ? [] : valkeyLogins(plan, workload)),
  ];
}

const VALKEY_LOGIN = "roles/memorystore.dbConnectionUser";

/**
 * The login of Valkey for each instance that is used, and for no other one of the project.
 * https://docs.cloud.google.com/memorystore/docs/valkey/manage-iam-auth
 */
function valkeyLogins(plan: Pick<PlatformPlan, "cacheUses">, workload: Workload): ConditionalRole[] {
  const instances = new Set(
    plan
      .cacheUses(workload)
      .map(({ instance }) => instance)
      .filter(({ settings }) => hasIamLogin(settings)),
  );
  return [...instances].map(({ instanceId, record }) => ({
    role: VALKEY_LOGIN,
    only: record,
    // Without the project, whose id or number the name has.
    expression: `resource.name.endsWith("${instanceId.replace(/^projects\/[^/]+/, "")}")`,
  }));
}
