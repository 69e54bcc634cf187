import type { Network } from "../http/https-request.ts";
import { HEALTH_PATH } from "../platform/health-contract.ts";
import type { Environment } from "../platform/schema/environment.ts";
import type { Clock, Task } from "./check.ts";
import { certificateTasks } from "./checks/certificates.ts";
import { contractTasks, unseenContractTasks } from "./checks/contract.ts";
import { endpointTasks } from "./checks/endpoints.ts";
import type { Values } from "./checks/fill.ts";
import { goldenPathTasks } from "./checks/golden-path.ts";
import { type Inside, internalContractTasks } from "./checks/internal-contract.ts";
import { type Preflight, preflightTasks } from "./checks/preflight.ts";
import { type Metrics, startupTasks } from "./checks/start-up.ts";

/** Where the checks look. */
export interface Surroundings {
  readonly network: Network;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly preflight: Preflight;
  readonly inside: Inside;
  /** Values of validation.credentials by name. */
  readonly credentials: Values;
}

/** Everything that is looked at after a deployment. */
export function validationTasks(environment: Environment, around: Surroundings): Task[] {
  const inside = environment.validation.preflight
    ? [...internalContractTasks(environment, around.inside), ...preflightTasks(environment, around.preflight)]
    : unseenContractTasks(environment, `${NO_ROUTE}, and validation.preflight is off`);
  return [...fromOutside(environment, around), ...inside];
}

/** What a watch looks at in each round: all but the preflight, whose job runs by itself every few minutes. */
export function watchTasks(environment: Environment, around: Surroundings): Task[] {
  return [
    ...fromOutside(environment, around),
    ...unseenContractTasks(environment, `${NO_ROUTE}; only the first look asks from inside the network`),
  ];
}

const NO_ROUTE = `the load balancer leads to no ${HEALTH_PATH} of its own`;

function fromOutside(environment: Environment, around: Surroundings): Task[] {
  return [
    ...endpointTasks(environment, around.network),
    ...certificateTasks(environment, around.network, around.clock),
    ...contractTasks(environment, around.network),
    ...startupTasks(environment, around.metrics),
    ...goldenPathTasks(environment, around.network, around.credentials),
  ];
}
