import type { Network } from "../http/https-request.ts";
import { HEALTH_PATH } from "../platform/health/health-contract.ts";
import type { PlanParts } from "../platform/plan.ts";
import type { Clock, Task } from "./check.ts";
import { certificateTasks } from "./checks/certificates.ts";
import { contractTasks, unseenContractTasks } from "./checks/contract.ts";
import { endpointTasks } from "./checks/endpoints.ts";
import type { Values } from "./checks/fill.ts";
import { goldenPathTasks } from "./checks/golden-path.ts";
import { type Inside, internalContractTasks } from "./checks/internal-contract.ts";
import { type Preflight, preflightTasks } from "./checks/preflight.ts";
import { type Metrics, startupTasks } from "./checks/start-up.ts";

/** The parts of a plan that a validation checks. */
export type ValidationPlan = PlanParts<
  | "services"
  | "deadlines"
  | "objectives"
  | "validation"
  | "hostPlan"
  | "egressMode"
  | "expectedHealth"
  | "furtherRegions"
>;

/** What the checks use. */
export interface ValidationContext {
  readonly network: Network;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly preflight: Preflight;
  readonly inside: Inside;
  /** The same from inside the network in a further region, by region. @default none */
  readonly further?: ReadonlyMap<string, Pick<ValidationContext, "preflight" | "inside">>;
  /** Values of validation.credentials by name. */
  readonly credentials: Values;
}

/** All checks after a deployment. */
export function validationTasks(plan: ValidationPlan, context: ValidationContext): Task[] {
  const inside = plan.validation.preflight
    ? [...internalContractTasks(plan, context.inside), ...preflightTasks(plan, context.preflight)]
    : unseenContractTasks(plan, `${NO_ROUTE}, and validation.preflight is off`);
  return [...fromOutside(plan, context), ...inside, ...insideFurtherRegions(plan, context)];
}

/** From inside each further region; from outside, the load balancer leads to the nearest one only. */
function insideFurtherRegions(plan: ValidationPlan, { further }: ValidationContext): Task[] {
  if (!plan.validation.preflight) return [];
  return plan.furtherRegions.flatMap((regional) => {
    const access = further?.get(regional.region);
    if (access === undefined) return [];
    return [
      ...internalContractTasks(regional, access.inside),
      ...preflightTasks(regional, access.preflight),
    ].map(
      (task): Task => ({
        title: `${task.title} in ${regional.region}`,
        run: async (signal) =>
          (await task.run(signal)).map((result) => ({
            ...result,
            subject: `${result.subject} in ${regional.region}`,
          })),
      }),
    );
  });
}

/** Checks of each round of a watch: all but the preflight, whose job runs every few minutes anyway. */
export function watchTasks(plan: ValidationPlan, context: ValidationContext): Task[] {
  return [
    ...fromOutside(plan, context),
    ...unseenContractTasks(plan, `${NO_ROUTE}; only the first round checks from inside the network`),
  ];
}

const NO_ROUTE = `the load balancer has no route to its own ${HEALTH_PATH}`;

function fromOutside(plan: ValidationPlan, context: ValidationContext): Task[] {
  return [
    ...endpointTasks(plan, context.network),
    ...certificateTasks(plan, context.network, context.clock),
    ...contractTasks(plan, context.network),
    ...startupTasks(plan, context.metrics),
    ...goldenPathTasks(plan, context.network, context.credentials),
  ];
}
