import type { Construct } from "constructs";
import { dependOn } from "../constructs/depend-on.ts";
import { GuardGrants } from "../constructs/guard-grants.ts";
import { RolloutGuard } from "../constructs/rollout-guard.ts";
import { platformNames } from "../platform/names.ts";
import { guardEnvironment, LEDGER_PREFIX } from "../platform/rollout.ts";
import type { Environment } from "../platform/schema/environment.ts";
import { PlatformStack } from "./platform-stack.ts";

/** The guard of rollouts. Only where the ledger is in a bucket: nobody in the project can read a file of a machine. */
export class GuardStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment, bucket: string) {
    super(scope, environment, "guard");
    const guard = new RolloutGuard(this, "guard", {
      name: this.names.guard,
      project: environment.project,
      region: environment.region,
      image: environment.preflight.image,
      services: environment.services.map(({ name }) => this.names.service(name)),
      environment: { GUARD_ENVIRONMENT: JSON.stringify(guardEnvironment(environment)) },
      protection: environment.protection,
    });
    // A workflow must not be able to give these: with `delivery` a person applies them with that stack.
    if (environment.delivery === undefined) dependOn(guardGrants(this, environment, bucket), guard.identity);
  }
}

/** The grants that whoever may set them could also give themselves. */
export function guardGrants(scope: Construct, environment: Environment, bucket: string): GuardGrants {
  const names = platformNames(environment);
  return new GuardGrants(scope, "guard-grants", {
    project: environment.project,
    guard: `${names.guard}@${environment.project}.iam.gserviceaccount.com`,
    bucket,
    prefix: LEDGER_PREFIX,
    identities: Object.fromEntries(
      environment.services.map(({ name }) => [name, names.serviceAccountEmail(name)]),
    ),
  });
}
