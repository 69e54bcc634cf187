import { cloudRunLimits, cloudRunMemoryByCpu, secondGenerationMemory } from "../../resources/limits.ts";
import { whyNoSchedule } from "../../values/cron.ts";
import { isNeverDue } from "../../values/cron-times.ts";
import type { Issue, Path } from "../issue.ts";
import { secretVariable } from "../names.ts";
import {
  type Deadlines,
  isJob,
  isService,
  isWorkerPool,
  type Job,
  pathOf,
  type Service,
  type Workload,
} from "../schema/environment.ts";
import { type Mebibytes, memoryQuantity } from "../units.ts";
import { type ContractParts, platformVariables, type Variable } from "../workloads/contract.ts";

/** Variables that Cloud Run or the contract sets. */
const RESERVED_VARIABLES =
  /^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION|CLOUD_RUN_\w+|POSTGRES_(HOST|PORT|DB|USER|PASSWORD)|MYSQL_(HOST|PORT|SOCKET|DATABASE|USER|PASSWORD)|DATABASE_(POOL_SIZE|MAX_OVERFLOW|\w+_SECONDS|INIT_ATTEMPTS)|REDIS_(HOST|PORT|TLS|POOL_SIZE|PASSWORD)|CLOUD_SQL_INSTANCE)$/;

/** Sizes and variables of one service or job that are invalid together. */
export function workloadSizes(plan: ContractParts, workload: Workload): Issue[] {
  const path: Path = pathOf(plan, workload);
  return [
    ...memorySize(workload, path),
    ...(isJob(workload) ? jobSizes(workload, path) : []),
    ...(isService(workload) ? serviceSizes(plan, workload, path) : []),
    ...(isWorkerPool(workload) ? wholePeriods(plan.deadlines, workload.startupProbe, path) : []),
    ...ownVariables(plan, workload, path),
    ...secretsTwice(plan, workload, path),
  ];
}

function memorySize({ cpu, memory }: Workload, path: Path): Issue[] {
  const [least, high] = cloudRunMemoryByCpu.value[cpu] ?? [0, Number.POSITIVE_INFINITY];
  const low = Math.max(least, secondGenerationMemory.value);
  if (memory >= low && memory <= high) return [];
  return [
    {
      path: [...path, "memory"],
      value: memoryQuantity(memory),
      allowed: `Cloud Run gives ${cpu} CPU from ${memoryQuantity(low as Mebibytes)} to ${memoryQuantity(high as Mebibytes)}`,
      fix: "change memory or cpu so that they fit",
      uses: [[...path, "cpu"]],
    },
  ];
}

function whyNotStarted(schedule: string): string | undefined {
  const why = whyNoSchedule(schedule);
  if (why !== undefined) return `Cloud Scheduler rejects it: ${why}`;
  return isNeverDue(schedule)
    ? "no month that it names has such a day, so that the job never starts"
    : undefined;
}

function jobSizes({ tasks, parallelism, schedule }: Job, path: Path): Issue[] {
  const why = schedule === undefined ? undefined : whyNotStarted(schedule);
  const wrongSchedule: Issue[] =
    why === undefined
      ? []
      : [
          {
            path: [...path, "schedule"],
            value: `"${schedule}"`,
            allowed: why,
            fix: 'write for example "0 3 * * MON-FRI"',
          },
        ];
  if (parallelism <= tasks) return wrongSchedule;
  return [
    ...wrongSchedule,
    {
      path: [...path, "parallelism"],
      value: String(parallelism),
      allowed: `an execution has ${tasks} tasks (tasks), and no more can run at once`,
      fix: "lower parallelism or raise tasks",
      uses: [[...path, "tasks"]],
    },
  ];
}

function serviceSizes({ deadlines }: ContractParts, service: Service, path: Path): Issue[] {
  const issues: Issue[] = [];
  if (service.instances.min > service.instances.max) {
    issues.push({
      path: [...path, "instances", "min"],
      value: String(service.instances.min),
      allowed: `it is above instances.max, ${service.instances.max}`,
      fix: "lower min or raise max",
      uses: [[...path, "instances", "max"]],
    });
  }
  return [...issues, ...wholePeriods(deadlines, service.startupProbe, path)];
}

function wholePeriods(
  { startupWindow: window }: Deadlines,
  probe: { readonly period: number } | undefined,
  path: Path,
): Issue[] {
  if (probe === undefined || window > cloudRunLimits.startupWindow.value || window % probe.period === 0)
    return [];
  return [
    {
      path: [...path, "startupProbe", "period"],
      value: `${probe.period} s`,
      allowed: `the start-up window of ${window} s (deadlines.startupWindow) is not a whole number of these periods`,
      fix: `choose a period that divides ${window}`,
      uses: [["deadlines", "startupWindow"]],
    },
  ];
}

function ownVariables(plan: ContractParts, workload: Workload, path: Path): Issue[] {
  const issues: Issue[] = [];
  const written = new Set(platformVariables(plan, workload).map(({ name }) => name));
  for (const variable of Object.keys(workload.environment)) {
    if (written.has(variable) || RESERVED_VARIABLES.test(variable)) {
      issues.push({
        path: [...path, "environment", variable],
        value: `"${workload.environment[variable]}"`,
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

/**
 * A secret is passed by its name, which may be that of a variable of what else the workload uses: the password of its database, the
 * address of a service. Topics, buckets and several databases say so where they are written.
 */
function secretsTwice(plan: ContractParts, workload: Workload, path: Path): Issue[] {
  const others = platformVariables(plan, { ...workload, secrets: [], publishes: [], buckets: [] });
  const isReported = ({ from }: Variable): boolean => workload.databases !== undefined && "secret" in from;
  return workload.secrets.flatMap((name, index): Issue[] => {
    const other = others.find((variable) => variable.name === secretVariable(name));
    if (other === undefined || isReported(other)) return [];
    if ("secret" in other.from && other.from.secret === name) return [];
    return [
      {
        path: [...path, "secrets", index],
        value: `"${name}"`,
        allowed: `it is passed as ${other.name}, which the platform sets itself: ${other.meaning}`,
        fix: "rename the secret, or remove it here",
        uses: (["database", "databases", "cache", "dependsOn"] as const).map((key) => [...path, key]),
      },
    ];
  });
}
