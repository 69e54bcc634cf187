import type { Issue } from "../issue.ts";
import type { Environment } from "../schema/environment.ts";
import { databaseSizes } from "./database.ts";
import { deliveries } from "./delivery.ts";
import { existingResources } from "./existing.ts";
import { hosts } from "./hosts.ts";
import { collidingNames, duplicates, nameLengths } from "./names.ts";
import { watching } from "./operations.ts";
import { cycles, danglingNames } from "./references.ts";
import { rollouts } from "./rollout.ts";
import { serviceSizes } from "./services.ts";
import { validations } from "./validation.ts";

/** What the parts of an environment promise each other: names that exist, sizes that fit, names that are unique. */
export function inconsistencies(environment: Environment): Issue[] {
  return [
    ...duplicates(environment),
    ...collidingNames(environment),
    ...danglingNames(environment),
    ...cycles(environment),
    ...environment.services.flatMap((service, index) => serviceSizes(environment, service, index)),
    ...databaseSizes(environment),
    ...hosts(environment),
    ...nameLengths(environment),
    ...watching(environment),
    ...existingResources(environment),
    ...deliveries(environment),
    ...validations(environment),
    ...rollouts(environment),
  ];
}
