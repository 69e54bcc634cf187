import type { Environment } from "../platform/schema/environment.ts";
import type { Network } from "./ask.ts";
import type { Clock, Task } from "./check.ts";
import { certificateTasks } from "./checks/certificates.ts";
import { contractTasks } from "./checks/contract.ts";
import { endpointTasks } from "./checks/endpoints.ts";
import type { Values } from "./checks/fill.ts";
import { goldenPathTasks } from "./checks/golden-path.ts";
import { type Preflight, preflightTasks } from "./checks/preflight.ts";
import { type Metrics, startupTasks } from "./checks/start-up.ts";

/** Where the checks look. */
export interface Surroundings {
  readonly network: Network;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly preflight: Preflight;
  /** Values of validation.credentials by name. */
  readonly credentials: Values;
}

/** Everything that is looked at after a deployment. */
export function validationTasks(environment: Environment, around: Surroundings): Task[] {
  return [
    ...watchTasks(environment, around),
    ...(environment.validation.preflight ? preflightTasks(environment, around.preflight) : []),
  ];
}

/** What a watch looks at in each round: all but the preflight, whose job runs by itself every few minutes. */
export function watchTasks(environment: Environment, around: Surroundings): Task[] {
  return [
    ...endpointTasks(environment, around.network),
    ...certificateTasks(environment, around.network, around.clock),
    ...contractTasks(environment, around.network),
    ...startupTasks(environment, around.metrics),
    ...goldenPathTasks(environment, around.network, around.credentials),
  ];
}
