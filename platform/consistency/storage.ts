import { BUCKET_CHARACTERS, bucketNameIssue, MAX_BUCKET_LABEL } from "../../resources/bucket-names.ts";
import { reservedMounts } from "../../resources/limits.ts";
import { bucketVariable } from "../backing-services/storage.ts";
import { ownerBucket } from "../delivery/access.ts";
import type { Issue, Path } from "../issue.ts";
import { type PlatformNames, secretVariable } from "../names.ts";
import { type Environment, pathOf, type Workload, workloads } from "../schema/environment.ts";
import { days, type Mebibytes, memoryQuantity } from "../units.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<Environment, "state" | "buckets" | "services" | "jobs" | "workerPools"> & {
  readonly names: PlatformNames;
};

/** Buckets that exist, with names that Cloud Storage takes, and volumes with paths and sizes that a container has room for. */
export function storage(plan: Plan): Issue[] {
  return [
    ...bucketNames(plan),
    ...partsOfDays(plan),
    ...workloads(plan).flatMap((workload) => [
      ...bucketUses(plan, workload),
      ...mounts(plan, workload),
      ...memorySizes(plan, workload),
    ]),
  ];
}

function bucketNames({ names, state, buckets = [] }: Plan): Issue[] {
  const ofStates = state === undefined ? [] : [state.bucket, ownerBucket(state)];
  return buckets.flatMap(({ name }, index): Issue[] => {
    const whole = names.bucket(name);
    const issue = { path: ["buckets", index, "name"], value: `"${name}"` };
    // Hyphens are the only separators of its parts.
    if (whole.length > MAX_BUCKET_LABEL)
      return [
        {
          ...issue,
          allowed: `its bucket "${whole}" (project, prefix and name) has ${whole.length} characters, and Cloud Storage allows ${MAX_BUCKET_LABEL}`,
          fix: `shorten it by ${whole.length - MAX_BUCKET_LABEL}`,
          uses: [["project"], ["prefix"]],
        },
      ];
    // Other characters are those of a project, prefix or name that is reported itself.
    const because = BUCKET_CHARACTERS.test(whole) ? bucketNameIssue(whole) : undefined;
    if (because !== undefined)
      return [
        {
          ...issue,
          allowed: `its bucket would be "${whole}" (project, prefix and name), which Cloud Storage rejects: ${because}`,
          fix: "choose another name",
          uses: [["project"], ["prefix"]],
        },
      ];
    return ofStates.includes(whole)
      ? [
          {
            ...issue,
            allowed: `its bucket would be "${whole}", which holds Terraform states: whoever writes a state decides which providers Terraform runs`,
            fix: "choose another name",
            uses: [["project"], ["prefix"], ["state"]],
          },
        ]
      : [];
  });
}

function partsOfDays({ buckets = [] }: Plan): Issue[] {
  return buckets.flatMap(({ deleteAfter }, index): Issue[] => {
    // Less than a day is outside of its bounds.
    if (deleteAfter === undefined || deleteAfter < days(1) || deleteAfter % days(1) === 0) return [];
    const above = Math.ceil(deleteAfter / days(1));
    return [
      {
        path: ["buckets", index, "deleteAfter"],
        value: `${deleteAfter} s`,
        allowed: "Cloud Storage counts the age of an object in whole days",
        fix: `write days(${above})`,
      },
    ];
  });
}

function bucketUses(plan: Plan, workload: Workload): Issue[] {
  const { buckets = [] } = workload;
  const path = pathOf(plan, workload);
  return buckets.flatMap(({ bucket }, index): Issue[] => {
    const own = { path: [...path, "buckets", index, "bucket"], value: `"${bucket}"` };
    const first = buckets.findIndex((other) => other.bucket === bucket);
    const variable = bucketVariable(bucket);
    const secret = workload.secrets.find((name) => secretVariable(name) === variable);
    return [
      ...unknownBucket(plan, bucket, own.path),
      ...(first === index
        ? []
        : [
            {
              ...own,
              allowed: `buckets[${first}] is this bucket already, and each has one access and one mount`,
              fix: 'remove one of them; "write" includes reading',
              uses: [[...path, "buckets", first, "bucket"]],
            },
          ]),
      ...(secret === undefined
        ? []
        : [
            {
              ...own,
              allowed: `its name is passed as ${variable}, and so is the secret "${secret}"`,
              fix: "rename the bucket or the secret",
              uses: [[...path, "secrets"]],
            },
          ]),
    ];
  });
}

function unknownBucket({ buckets = [] }: Plan, bucket: string, path: Path): Issue[] {
  return undeclared(
    { noun: "bucket", section: "buckets", names: buckets.map(({ name }) => name) },
    bucket,
    path,
  );
}

/** Directories that no volume may be in or hide, and why. */
const SYSTEM_DIRECTORIES: ReadonlyMap<string, string> = new Map([
  ["/cloudsql", "holds the sockets of Cloud SQL"],
  ...reservedMounts.value.map((directory) => [directory, "Cloud Run keeps for itself"] as const),
  ...["/bin", "/boot", "/etc", "/lib", "/lib64", "/sbin", "/usr/bin", "/usr/lib", "/usr/sbin"].map(
    (directory) => [directory, "holds what the image starts with"] as const,
  ),
]);

function mounts(plan: Plan, workload: Workload): Issue[] {
  const own = pathOf(plan, workload);
  const { buckets = [], inMemoryVolumes = [] } = workload;
  const all = [
    ...buckets.map(({ bucket, mount }, index) => ({
      mount,
      path: [...own, "buckets", index, "mount"],
      what: `the bucket ${bucket}`,
    })),
    ...inMemoryVolumes.map(({ mount }, index) => ({
      mount,
      path: [...own, "inMemoryVolumes", index, "mount"],
      what: `inMemoryVolumes[${index}]`,
    })),
  ];
  return all.flatMap(({ mount, path }, index): Issue[] => {
    if (mount === undefined) return [];
    const other = all
      .slice(0, index)
      .find((earlier) => earlier.mount !== undefined && overlap(earlier.mount, mount));
    const system = [...SYSTEM_DIRECTORIES.keys()].find((directory) => overlap(directory, mount));
    return [
      ...(system === undefined
        ? []
        : [
            {
              path,
              value: `"${mount}"`,
              allowed: `${relation(mount, system)} ${system}, which ${SYSTEM_DIRECTORIES.get(system)}`,
              fix: 'choose a directory of its own, for example "/uploads"',
            },
          ]),
      ...(other === undefined
        ? []
        : [
            {
              path,
              value: `"${mount}"`,
              allowed: `${relation(mount, other.mount ?? "")} ${other.mount}, where ${other.what} is mounted`,
              fix: "give each volume a directory of its own",
              uses: [other.path],
            },
          ]),
    ];
  });
}

/** Whether one directory is, or is in, the other. */
function overlap(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

function relation(mount: string, other: string): string {
  if (mount === other) return "it is";
  return mount.startsWith(`${other}/`) ? "it is in" : "it contains";
}

/** What is written to them is memory that the container no longer has. */
function memorySizes(plan: Plan, workload: Workload): Issue[] {
  const { inMemoryVolumes = [], memory } = workload;
  const total = inMemoryVolumes.reduce((sum, { size }) => sum + size, 0) as Mebibytes;
  if (total < memory || inMemoryVolumes.length === 0) return [];
  const path = pathOf(plan, workload);
  const sum = inMemoryVolumes.map(({ mount, size }) => `${mount} ${memoryQuantity(size)}`).join(" + ");
  return [
    {
      path: [...path, "inMemoryVolumes"],
      value: memoryQuantity(total),
      allowed: `volumes in memory (${sum}) must be smaller together than the container's memory of ${memoryQuantity(memory)} (memory), of which they are a part: it would be ended before they are full`,
      fix: "raise memory or lower a size",
      uses: [[...path, "memory"]],
    },
  ];
}
