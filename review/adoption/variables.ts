import { variables, workloadOf } from "../../analysis/workload/index.ts";
import type { Resource } from "../../graph/index.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import type { Service } from "../../platform/schema/environment.ts";
import { settingOfVariable } from "../setting-of-variable.ts";
import type { NumberToCompare } from "./findings.ts";

/**
 * The deadlines and pools that a running service was given: the value in force may not be the one written down (I-4). Variables
 * that carry a secret are not among them, and no value of any other variable is ever read.
 */
export function variableNumbers(
  plan: Pick<PlatformPlan, "contract"> & Parameters<typeof settingOfVariable>[0],
  service: Service,
  resource: Resource,
): Omit<NumberToCompare, "effect">[] {
  const workload = workloadOf(resource);
  return plan.contract(service).flatMap(({ name, from }) => {
    const isOwn = Object.hasOwn(service.environment, name);
    const path = isOwn ? undefined : settingOfVariable(plan, service, name);
    if (path === undefined || !("value" in from)) return [];
    const found = workload && variables(workload).find((variable) => variable.name === name)?.value;
    return [{ path: `${path} (${name} of ${service.name})`, stated: from.value, found }];
  });
}
