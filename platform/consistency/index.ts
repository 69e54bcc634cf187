import { addressIssues } from "../edge/service-address.ts";
import type { Issue } from "../issue.ts";
import type { PlatformPlan } from "../plan.ts";
import { workloads } from "../schema/environment.ts";
import { accountIssues } from "../workloads/foreign-accounts.ts";
import { secretProjects } from "../workloads/secrets.ts";
import { cacheSizes } from "./cache-sizes.ts";
import { cacheUsesFit } from "./cache-uses.ts";
import { caches } from "./cdn.ts";
import { furtherConnectors } from "./connectors.ts";
import { databaseSizes, poolers } from "./database.ts";
import { databaseUsesFit } from "./database-uses.ts";
import { deliveries } from "./delivery.ts";
import { domains } from "./domains.ts";
import { events } from "./events.ts";
import { existingInRegions, existingResources } from "./existing.ts";
import { hosts } from "./hosts.ts";
import { signIns } from "./iap.ts";
import { endlessLoops } from "./loops.ts";
import { messaging } from "./messaging.ts";
import { collidingNames, duplicates, invalidPrefix, nameLengths } from "./names.ts";
import { uptimePeriods } from "./operations.ts";
import { peeredNetworks } from "./peered.ts";
import { preflights } from "./preflight.ts";
import { protocols } from "./protocol.ts";
import { missingInProvider, unusedDeletionPolicy } from "./provider.ts";
import { dependencyCycles, unknownReferences } from "./references.ts";
import { regions } from "./regions.ts";
import { rollouts } from "./rollout.ts";
import { sidecarIssues } from "./sidecars.ts";
import { storage } from "./storage.ts";
import { unmanagedNetworks } from "./unmanaged-network.ts";
import { validations } from "./validation.ts";
import { withoutNetwork } from "./without-network.ts";
import { workloadSizes } from "./workloads.ts";

/** How the settings of an environment must fit together: names that exist, sizes that fit, names that are unique. */
export function inconsistencies(plan: PlatformPlan): Issue[] {
  return [
    ...duplicates(plan),
    ...collidingNames(plan),
    ...invalidPrefix(plan),
    ...unknownReferences(plan),
    ...dependencyCycles(plan),
    ...addressIssues(plan),
    ...regions(plan),
    ...messaging(plan),
    ...storage(plan),
    ...events(plan),
    ...endlessLoops(plan),
    ...sidecarIssues(plan),
    ...workloads(plan).flatMap((workload) => workloadSizes(plan, workload)),
    ...databaseSizes(plan),
    ...poolers(plan),
    ...databaseUsesFit(plan),
    ...cacheSizes(plan),
    ...cacheUsesFit(plan),
    ...hosts(plan),
    ...domains(plan),
    ...caches(plan),
    ...nameLengths(plan),
    ...uptimePeriods(plan),
    ...preflights(plan),
    ...unmanagedNetworks(plan),
    ...withoutNetwork(plan),
    ...peeredNetworks(plan),
    ...furtherConnectors(plan),
    ...existingResources(plan),
    ...existingInRegions(plan),
    ...deliveries(plan),
    ...validations(plan),
    ...rollouts(plan),
    ...signIns(plan),
    ...protocols(plan),
    ...secretProjects(plan),
    ...accountIssues(plan),
    ...missingInProvider(plan),
    ...unusedDeletionPolicy(plan),
  ];
}
