import { ownerBucket } from "../platform/delivery/access.ts";
import { formatPath } from "../platform/environment.ts";
import type { Path, ReportedIssue } from "../platform/issue.ts";
import { isRecord } from "../values/is-record.ts";
import type { EnvironmentIssues } from "./environment-issues.ts";

/** What an environment file exports, valid or not: a copy that has issues of its own collides all the same. */
export interface EnvironmentInput {
  readonly name: string;
  readonly input: unknown;
}

/** A value that one environment only may have. */
interface Claim {
  /** Equal where two environments claim the same. */
  readonly key: string;
  readonly path: Path;
  readonly value: string;
  readonly allowed: (owner: string) => string;
  readonly fix: string;
  /** Whether it is a collision with its owner. @default always */
  readonly isOwned?: (owner: string) => boolean;
}

/**
 * Values that two environments have, and one only may: project, prefix, public hosts, existing resources, and a bucket of
 * states that the one's workflows write and only the other's owner may. The copy is
 * blamed: the one whose name occurs less often in what both say of themselves; of equals the one that a command names.
 *
 * @param chosen names of the environments that the command names
 */
export function collisions(
  environments: readonly EnvironmentInput[],
  chosen: readonly string[] = [],
): EnvironmentIssues[] {
  const found: EnvironmentIssues[] = [];
  const owners = new Map<string, EnvironmentInput>();
  for (const environment of originalsFirst(environments, chosen)) {
    const issues: ReportedIssue[] = [];
    for (const { key, path, value, allowed, fix, isOwned = () => true } of claimsOf(environment)) {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, environment);
      else if (owner !== environment && isOwned(owner.name))
        issues.push({
          path: formatPath(path, environment.input),
          value: JSON.stringify(value),
          allowed: allowed(owner.name),
          fix,
        });
    }
    issues.push(...sharedBuckets(environment, environments));
    if (issues.length > 0) found.push({ environment: environment.name, issues });
  }
  return found;
}

function originalsFirst(
  environments: readonly EnvironmentInput[],
  chosen: readonly string[],
): readonly EnvironmentInput[] {
  const rank = (environment: EnvironmentInput): number =>
    2 * mentions(environment) - (chosen.includes(environment.name) ? 1 : 0);
  return [...environments].sort((one, other) => rank(other) - rank(one));
}

/** How many of its labels, project and hosts name an environment. */
function mentions({ name, input }: EnvironmentInput): number {
  const { project, labels } = record(input);
  const texts = [project, ...Object.values(record(labels)), ...hostsOf(input).map(({ host }) => host)];
  return texts.filter((text) => typeof text === "string" && text.includes(name)).length;
}

function claimsOf({ name, input }: EnvironmentInput): Claim[] {
  const { project, prefix = name, existing } = record(input);
  return [
    ...(typeof project === "string"
      ? [
          {
            key: `project ${project}`,
            path: ["project"],
            value: project,
            allowed: (owner: string) =>
              `environment "${owner}" is in this project, and one project holds one environment`,
            fix: "give each environment its own project",
          },
        ]
      : []),
    ...(typeof prefix === "string"
      ? [
          {
            key: `prefix ${prefix}`,
            path: ["prefix"],
            value: prefix,
            allowed: (owner: string) => `the stacks of environment "${owner}" have this prefix`,
            fix: "give each environment its own prefix",
          },
        ]
      : []),
    ...hostsOf(input).map(({ host, path }) => ({
      key: `host ${host}`,
      path,
      value: host,
      allowed: (owner: string) =>
        `environment "${owner}" serves this host, and DNS can point to one of them only`,
      fix: "give each environment its own hosts",
    })),
    ...textsIn(existing, ["existing"]).map(({ path, text }) => ({
      key: `${path.join(".")} ${text}`,
      path,
      value: text,
      allowed: (owner: string) =>
        `environment "${owner}" imports it, and an existing resource belongs to one environment`,
      fix: "name what exists in this environment, or leave it out",
      // Projects may hold resources of one name; one that is named after another environment is a copied line.
      isOwned: (owner: string) => text.includes(owner) && !text.includes(name),
    })),
  ];
}

/** A bucket of states that the workflows of one environment write, and another one keeps its owner's states in. */
function sharedBuckets(
  { name, input }: EnvironmentInput,
  environments: readonly EnvironmentInput[],
): ReportedIssue[] {
  const { bucket } = record(record(input).state);
  const other = environments.find((one) => one.name !== name && ownerBucketOf(one) === bucket);
  if (typeof bucket !== "string" || other === undefined) return [];
  return [
    {
      path: formatPath(["state", "bucket"], input),
      value: JSON.stringify(bucket),
      allowed: `it holds what only an owner of environment "${other.name}" applies, and the deployer of this one would write it`,
      fix: `name another bucket, or another state.ownerBucket in "${other.name}"`,
    },
  ];
}

function ownerBucketOf({ input }: EnvironmentInput): string | undefined {
  const { delivery, state } = record(input);
  const { bucket, ownerBucket: own } = record(state);
  if (delivery === undefined || typeof bucket !== "string") return undefined;
  return ownerBucket({ bucket, ownerBucket: typeof own === "string" ? own : undefined });
}

/** Every public host of an environment, and its path in the file. */
function hostsOf(input: unknown): { readonly host: string; readonly path: Path }[] {
  const { mesh, services, buckets, edge } = record(input);
  const published: readonly (readonly [key: string, items: readonly unknown[]])[] =
    mesh === undefined
      ? [
          ["services", list(services)],
          ["buckets", list(buckets)],
        ]
      : [];
  return [
    ...list(record(mesh).hosts).map((entry, index) => ({ entry, path: ["mesh", "hosts", index, "host"] })),
    ...published.flatMap(([key, items]) =>
      items.flatMap((item, index) =>
        list(record(item).exposure).map((entry, position) => ({
          entry,
          path: [key, index, "exposure", position, "host"],
        })),
      ),
    ),
    ...list(record(edge).redirects).map((entry, index) => ({
      entry,
      path: ["edge", "redirects", index, "host"],
    })),
  ].flatMap(({ entry, path }) => {
    const { host } = record(entry);
    return typeof host === "string" ? [{ host, path }] : [];
  });
}

function textsIn(value: unknown, path: Path): { readonly path: Path; readonly text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  return Object.entries(record(value)).flatMap(([key, item]) => textsIn(item, [...path, key]));
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
