import type { Construct } from "constructs";
import { dependOn } from "../constructs/depend-on.ts";
import { RollbackWatchdog } from "../constructs/rollback-watchdog.ts";
import { WatchdogGrants } from "../constructs/watchdog-grants.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { ledgerObject } from "../platform/workloads/rollout.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/**
 * The rollback watchdog, which runs from the image of the preflight. Only where the ledger is in a bucket: it cannot read a
 * local file.
 */
export class WatchdogStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<"protection" | "services" | "delivery" | "watchdogEnvironment" | "furtherRegions">,
    { image, bucket }: { readonly image: string; readonly bucket: string },
  ) {
    super(scope, plan, "guard");
    const watchdog = new RollbackWatchdog(this, "guard", {
      name: this.names.watchdog,
      project: plan.project,
      region: plan.region,
      image,
      environment: { GUARD_ENVIRONMENT: JSON.stringify(plan.watchdogEnvironment) },
      protection: plan.protection,
    });
    // A workflow must not be able to grant these: with `delivery` they are in the stack that a person applies.
    if (plan.delivery === undefined) dependOn(watchdogGrants(this, plan, bucket), watchdog.identity);
  }
}

/** Grants that a deployer could use to extend its own rights. */
export function watchdogGrants(
  scope: Construct,
  {
    name,
    names,
    project,
    region,
    prefix,
    services,
    furtherRegions,
  }: Pick<PlatformPlan, "name" | "names" | "project" | "region" | "prefix" | "services" | "furtherRegions">,
  bucket: string,
): WatchdogGrants {
  return new WatchdogGrants(scope, "guard-grants", {
    project,
    region,
    roleId: `${prefix}_guard`,
    watchdog: names.accountEmail(names.watchdog),
    bucket,
    ledger: ledgerObject(name),
    services: Object.fromEntries(services.map((service) => [service.name, names.service(service.name)])),
    ...(furtherRegions.length === 0
      ? {}
      : {
          further: Object.fromEntries(
            furtherRegions.map((there) => [
              there.region,
              Object.fromEntries(
                there.services.map((service) => [service.name, names.service(service.name)]),
              ),
            ]),
          ),
        }),
    identities: Object.fromEntries(
      services
        .filter(({ serviceAccount }) => serviceAccount === undefined)
        .map((service) => [service.name, names.serviceAccountEmail(service.name)]),
    ),
  });
}
