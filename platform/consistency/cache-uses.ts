import { type CacheSections, impliedCache, writtenCaches } from "../backing-services/caches.ts";
import type { Issue, Path } from "../issue.ts";
import { secretVariable } from "../names.ts";
import { type Environment, pathOf, type Workload, workloads } from "../schema/environment.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<Environment, "services" | "jobs" | "workerPools"> & CacheSections;
type Use = Pick<NonNullable<Workload["cache"]>, "instance">;

/** Who uses which cache: all of them are declared, and each use has variables of its own. */
export function cacheUsesFit(plan: Plan): Issue[] {
  return [
    ...oneOfBoth(plan),
    ...workloads(plan).flatMap((workload) => [
      ...bothWritten(plan, workload),
      ...sameVariables(plan, workload),
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

/** `cache` and `caches` of the environment are two ways to write the same. */
function oneOfBoth({ cache, caches }: CacheSections): Issue[] {
  if (cache === undefined || caches === undefined) return [];
  return [
    {
      path: ["cache"],
      value: "set",
      allowed: "caches is written, too, and holds every instance where there are several",
      fix: "move it into caches",
      uses: [["caches"]],
    },
  ];
}

function bothWritten(plan: Plan, workload: Workload): Issue[] {
  if (workload.cache === undefined || workload.caches === undefined) return [];
  const path = pathOf(plan, workload);
  return [
    {
      path: [...path, "cache"],
      value: "set",
      allowed: "caches is written, too, and holds every cache of a service that uses several",
      fix: "move it into caches, with its instance",
      uses: [[...path, "caches"]],
    },
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

/** Each use starts its variables with a name of its own, and no secret of the service is passed as one of them. */
function sameVariables(plan: Plan, workload: Workload): Issue[] {
  const path = pathOf(plan, workload);
  const { caches = [], secrets } = workload;
  const prefixes = caches.map(({ as, instance }) => secretVariable(as ?? instance));
  return caches.flatMap(({ as, instance }, index): Issue[] => {
    const prefix = prefixes[index] ?? "";
    const own = {
      path: [...path, "caches", index, as === undefined ? "instance" : "as"],
      value: `"${as ?? instance}"`,
    };
    const first = prefixes.indexOf(prefix);
    const secret = secrets.find((name) =>
      [`${prefix}_REDIS_PASSWORD`, `${prefix}_REDIS_CA_CERTIFICATE`].includes(secretVariable(name)),
    );
    return [
      ...(first === index
        ? []
        : [
            {
              ...own,
              allowed: `caches[${first}] has the variables ${prefix}_REDIS_HOST and so on already`,
              fix: 'give one of them another name: as: "queue"',
              uses: [[...path, "caches", first]],
            },
          ]),
      ...(secret === undefined
        ? []
        : [
            {
              ...own,
              allowed: `its variables start with ${prefix}_, and the secret "${secret}" is passed as one of them`,
              fix: "remove the secret from secrets: the cache passes its own",
              uses: [[...path, "secrets"]],
            },
          ]),
    ];
  });
}
