import { type CacheSections, impliedCache, writtenCaches } from "../backing-services/caches.ts";
import type { Issue, Path } from "../issue.ts";
import { type Environment, pathOf, type Workload, workloads } from "../schema/environment.ts";
import { bothDeclared, bothUsed, type OneOrList, sameVariables } from "./one-or-list.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<Environment, "services" | "jobs" | "workerPools"> & CacheSections;
type Use = Pick<NonNullable<Workload["cache"]>, "instance">;

const KIND: OneOrList = { one: "cache", list: "caches" };
const VARIABLES = {
  sample: "REDIS_HOST",
  secret: ["REDIS_PASSWORD", "REDIS_CA_CERTIFICATE"],
  other: "queue",
};

/** Who uses which cache: all of them are declared, and each use has variables of its own. */
export function cacheUsesFit(plan: Plan): Issue[] {
  return [
    ...(plan.cache !== undefined && plan.caches !== undefined ? [bothDeclared(KIND)] : []),
    ...workloads(plan).flatMap((workload) => [
      ...(workload.cache !== undefined && workload.caches !== undefined
        ? [bothUsed(KIND, pathOf(plan, workload))]
        : []),
      ...sameVariables(KIND, VARIABLES, pathOf(plan, workload), workload.caches ?? [], workload.secrets),
      ...usesOf(plan, workload).flatMap(({ use, path }) => undeclaredInstance(plan, use, path)),
    ]),
  ];
}

function usesOf(plan: Plan, workload: Workload): { readonly use: Use; readonly path: Path }[] {
  const path = pathOf(plan, workload);
  const { cache, caches = [] } = workload;
  return [
    ...(cache === undefined ? [] : [{ use: cache, path: [...path, "cache"] }]),
    ...caches.map((use, index) => ({ use, path: [...path, "caches", index] })),
  ];
}

function undeclaredInstance(plan: Plan, use: Use, path: Path): Issue[] {
  const written = writtenCaches(plan);
  const names = written.map(({ name }) => name);
  const [first] = names;
  if (first === undefined)
    return [
      {
        path,
        value: "set",
        allowed: 'this environment has no section "cache"',
        fix: 'add the section "cache", or remove it here',
        uses: [["cache"], ["caches"]],
      },
    ];
  if (use.instance !== undefined)
    return names.includes(use.instance)
      ? []
      : undeclared({ noun: "cache", section: "caches", names }, use.instance, [...path, "instance"]);
  if (impliedCache(written) !== undefined) return [];
  return [
    {
      path,
      value: "without instance",
      allowed: `there are several caches (${names.join(", ")})`,
      fix: `add for example instance: "${first}"`,
      uses: [["caches"]],
    },
  ];
}
