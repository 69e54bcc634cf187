import { cloudRunLimits, cloudRunMemoryByCpu, secondGenerationMemory } from "../../resources/limits.ts";
import { type ContractParts, platformVariables } from "../contract.ts";
import type { Issue, Path } from "../issue.ts";
import type { Service } from "../schema/environment.ts";
import { type Mebibytes, memoryQuantity } from "../units.ts";

/** Variables that Cloud Run or the contract sets. */
const RESERVED_VARIABLES =
  /^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION|CLOUD_RUN_\w+|POSTGRES_(HOST|PORT|DB|USER|PASSWORD)|DATABASE_(POOL_SIZE|MAX_OVERFLOW|\w+_SECONDS|INIT_ATTEMPTS)|REDIS_(HOST|PORT|TLS|POOL_SIZE|PASSWORD)|CLOUD_SQL_INSTANCE)$/;

/** Sizes and variables of one service that are invalid together. */
export function serviceSizes(plan: ContractParts, service: Service, index: number): Issue[] {
  const path: Path = ["services", index];
  const issues: Issue[] = [];
  const [least, high] = cloudRunMemoryByCpu.value[service.cpu] ?? [0, Number.POSITIVE_INFINITY];
  const low = Math.max(least, secondGenerationMemory.value);
  if (service.memory < low || service.memory > high) {
    issues.push({
      path: [...path, "memory"],
      value: memoryQuantity(service.memory),
      allowed: `Cloud Run gives ${service.cpu} CPU from ${memoryQuantity(low as Mebibytes)} to ${memoryQuantity(high as Mebibytes)}`,
      fix: "change memory or cpu so that they fit",
      uses: [[...path, "cpu"]],
    });
  }
  if (service.instances.min > service.instances.max) {
    issues.push({
      path: [...path, "instances", "min"],
      value: String(service.instances.min),
      allowed: `it is above instances.max, ${service.instances.max}`,
      fix: "lower min or raise max",
      uses: [[...path, "instances", "max"]],
    });
  }
  const window = plan.deadlines.startupWindow;
  if (window <= cloudRunLimits.startupWindow.value && window % service.startupProbe.period !== 0) {
    issues.push({
      path: [...path, "startupProbe", "period"],
      value: `${service.startupProbe.period} s`,
      allowed: `the start-up window of ${window} s (deadlines.startupWindow) is not a whole number of these periods`,
      fix: `choose a period that divides ${window}`,
      uses: [["deadlines", "startupWindow"]],
    });
  }
  const written = new Set(platformVariables(plan, service).map(({ name }) => name));
  for (const variable of Object.keys(service.environment)) {
    if (written.has(variable) || RESERVED_VARIABLES.test(variable)) {
      issues.push({
        path: [...path, "environment", variable],
        value: `"${service.environment[variable]}"`,
        allowed: "this variable is written by the platform from the budgets, or reserved by Cloud Run",
        fix: "remove it, and change the number where it is stated once",
      });
    } else if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) {
      issues.push({
        path: [...path, "environment", variable],
        value: `"${variable}"`,
        allowed: "a variable's name has letters, digits and underscores, and no digit first",
        fix: "rename it",
      });
    }
  }
  return issues;
}
