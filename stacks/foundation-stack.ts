import type { Construct } from "constructs";
import { ContainerRegistry } from "../constructs/container-registry.ts";
import { dependOn } from "../constructs/depend-on.ts";
import { ProjectApis } from "../constructs/project-apis.ts";
import { Secret } from "../constructs/secret.ts";
import { ServiceIdentity } from "../constructs/service-identity.ts";
import { secretNames } from "../platform/contract.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import type { Service } from "../platform/schema/environment.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/** APIs that the other stacks use. Enabling them takes a minute, so that they are in a stack before all others. */
export const APIS = [
  "artifactregistry.googleapis.com",
  "certificatemanager.googleapis.com",
  "cloudresourcemanager.googleapis.com",
  "cloudscheduler.googleapis.com",
  "compute.googleapis.com",
  "dns.googleapis.com",
  "iam.googleapis.com",
  "logging.googleapis.com",
  "monitoring.googleapis.com",
  "networkmanagement.googleapis.com",
  "redis.googleapis.com",
  "run.googleapis.com",
  "secretmanager.googleapis.com",
  "servicenetworking.googleapis.com",
  "sqladmin.googleapis.com",
  "vpcaccess.googleapis.com",
] as const;

/** APIs, image registry, service accounts, and secrets with their readers. Deployed first. */
export class FoundationStack extends PlatformStack {
  constructor(scope: Construct, plan: StackPlan<"protection" | "services" | "secrets" | "contract">) {
    super(scope, plan, "foundation");
    const apis = new ProjectApis(this, "apis", { project: plan.project, apis: APIS });
    const registry = new ContainerRegistry(this, "registry", {
      name: this.names.registry,
      region: plan.region,
    });
    const identities = new Map(plan.services.map((service) => [service.name, this.identity(plan, service)]));
    const readers = readersOfSecrets(plan);
    const secrets = plan.secrets.map(
      ({ name }) =>
        new Secret(this, `secret-${name}`, {
          name,
          protection: plan.protection,
          readers: Object.fromEntries(
            (readers.get(name) ?? []).map((service) => [
              service,
              identities.get(service)?.resource.email ?? "",
            ]),
          ),
        }),
    );
    for (const construct of [registry, ...identities.values(), ...secrets]) {
      dependOn(construct, apis);
    }
  }

  /** A service needs a role for the Cloud SQL socket, and none for the private address. */
  private identity({ project }: StackPlan, service: Service): ServiceIdentity {
    return new ServiceIdentity(this, `identity-${service.name}`, {
      accountId: this.names.serviceAccount(service.name),
      displayName: `Cloud Run service ${this.names.service(service.name)}`,
      project,
      roles: service.database?.via === "socket" ? ["roles/cloudsql.client"] : [],
    });
  }
}

/** The services that read each secret. */
function readersOfSecrets(plan: Pick<PlatformPlan, "services" | "contract">): Map<string, string[]> {
  const { services, contract } = plan;
  const readers = new Map<string, string[]>();
  for (const service of services) {
    for (const secret of secretNames(contract(service))) {
      readers.set(secret, [...(readers.get(secret) ?? []), service.name]);
    }
  }
  return readers;
}
