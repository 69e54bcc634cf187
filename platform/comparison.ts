import { parseRange } from "../values/ranges.ts";
import { quantity } from "../values/words.ts";
import { edgeHosts, hostPlan } from "./edge/routes.ts";
import { elementName } from "./schema/element-name.ts";
import { type Environment, environmentSchema } from "./schema/environment.ts";
import { bare, schemaOf } from "./schema/form.ts";
import { leafControls } from "./schema/leaf.ts";

/** A value that differs between two environments. */
export interface Difference {
  /** "services.backend.instances.max"; list elements by name. */
  readonly path: string;
  /** The value of each environment; "-" where it has none. */
  readonly values: readonly [string, string];
  /** "by nature": two environments cannot share it. "declared": one of them states the reason. */
  readonly standing: "undeclared" | "declared" | "by nature";
  /** Why it differs; "" where it is undeclared. */
  readonly reason: string;
}

/** A declared difference that does not exist. */
export interface UnusedDeclaration {
  /** Environment that declares it. */
  readonly environment: string;
  readonly path: string;
}

export interface Comparison {
  readonly environments: readonly [string, string];
  /** In the order of the environment files. */
  readonly differences: readonly Difference[];
  readonly unused: readonly UnusedDeclaration[];
  /** Number of equal values. */
  readonly same: number;
}

/** Values that two environments cannot share, with the reason. */
const BY_NATURE: readonly { readonly path: string; readonly reason: string }[] = [
  { path: "name", reason: "the environment's own name" },
  { path: "prefix", reason: "starts the names of this environment alone" },
  { path: "project", reason: "one project holds one environment" },
  { path: "projectNumber", reason: "one project holds one environment" },
  { path: "labels.environment", reason: "names the environment" },
  { path: "state", reason: "each environment has a state of its own" },
  { path: "services.*.image", reason: "each environment runs the release it was given" },
  { path: "jobs.*.image", reason: "each environment runs the release it was given" },
  { path: "workerPools.*.image", reason: "each environment runs the release it was given" },
  { path: "workerPools.*.sidecars.*.image", reason: "each environment runs the release it was given" },
  { path: "services.*.sidecars.*.image", reason: "each environment runs the release it was given" },
  { path: "jobs.*.sidecars.*.image", reason: "each environment runs the release it was given" },
  { path: "preflight.image", reason: "each environment runs the release it was given" },
  { path: "delivery.projectNumber", reason: "one project holds one environment" },
  { path: "delivery.approval", reason: "each environment is approved by itself" },
  { path: "existing", reason: "what was there before differs by project" },
  { path: "regions.*.existing", reason: "what was there before differs by project" },
  { path: "operations.runbook", reason: "each environment has a runbook of its own" },
  { path: "waivers", reason: "decided and dated for one environment" },
  { path: "acknowledgements", reason: "decided and dated for one environment" },
];

/** Compares complete environments, defaults included, value by value. */
export function compareEnvironments(left: Environment, right: Environment): Comparison {
  const found: Omit<Difference, "standing" | "reason">[] = [];
  let same = 0;
  const walk = (a: unknown, b: unknown, path: string, schema: Schema): void => {
    const [first, second] = [partsOf(a, b), partsOf(b, a)];
    if (first === undefined || second === undefined) {
      const unit = unitOf(schema);
      const values = [textOf(a, unit), textOf(b, unit)] as const;
      if (values[0] === values[1]) same++;
      else found.push({ path, values });
      return;
    }
    for (const key of new Set([...first.keys(), ...second.keys()])) {
      const step = key.startsWith("[") || path === "" ? `${path}${key}` : `${path}.${key}`;
      walk(first.get(key), second.get(key), step, schemaOf(schema, key));
    }
  };
  // What differs, and why, is the subject here and no value of its own.
  const { differences: _, ...first } = left;
  const { differences: __, ...second } = right;
  walk(first, second, "", environmentSchema);
  const hosts = [publicHosts(left), publicHosts(right)] as const;
  const declarations = [...declarationsOf(left, right), ...declarationsOf(right, left)];
  return {
    environments: [left.name, right.name],
    differences: found.map((difference) => ({ ...difference, ...standing(difference, hosts, declarations) })),
    unused: declarations
      .filter(({ path }) => !found.some((difference) => covers(path, difference.path)))
      .map(({ environment, path }) => ({ environment, path })),
    same,
  };
}

interface Declaration extends UnusedDeclaration {
  readonly reason: string;
}

function publicHosts(environment: Environment): ReadonlySet<string> {
  return new Set(edgeHosts({ ...environment, hostPlan: hostPlan(environment) }));
}

function declarationsOf(environment: Environment, other: Environment): Declaration[] {
  return environment.differences
    .filter(({ from }) => from === other.name)
    .flatMap(({ paths, reason }) => paths.map((path) => ({ environment: environment.name, path, reason })));
}

function standing(
  { path, values }: Pick<Difference, "path" | "values">,
  hosts: readonly [ReadonlySet<string>, ReadonlySet<string>],
  declarations: readonly Declaration[],
): Pick<Difference, "standing" | "reason"> {
  const nature = BY_NATURE.find((natural) => covers(natural.path, path));
  if (nature !== undefined) return { standing: "by nature", reason: nature.reason };
  if (hosts.every((own, side) => own.has(values[side] ?? "")))
    return { standing: "by nature", reason: "DNS leads a host to one environment" };
  // The position of a range must differ; its size is a value like any other.
  const [a, b] = values.map((value) => parseRange(value.replaceAll('"', "")));
  if (a !== undefined && b !== undefined && a.prefix === b.prefix)
    return { standing: "by nature", reason: "networks that may be peered have ranges of their own" };
  const declared = declarations.find((declaration) => covers(declaration.path, path));
  return declared === undefined
    ? { standing: "undeclared", reason: "" }
    : { standing: "declared", reason: declared.reason };
}

/** Whether a declared path, in which * is any one step, equals the path or contains it. */
function covers(declared: string, path: string): boolean {
  const pattern = declared.replace(/[.[\]]/g, "\\$&").replaceAll("*", "[^.[\\]]+");
  return new RegExp(`^${pattern}(?=$|[.[])`).test(path);
}

type Schema = ReturnType<typeof schemaOf>;

function unitOf(schema: Schema): string {
  const leaf = bare(schema);
  const control = leaf === undefined ? undefined : leafControls.get(leaf);
  return control !== undefined && "unit" in control ? control.unit : "";
}

/**
 * The members of a group by key, or of a list by name or position; undefined for a single value. What is missing has the
 * members of the other, so that each is compared.
 */
function partsOf(value: unknown, other: unknown): ReadonlyMap<string, unknown> | undefined {
  if (value === undefined) return (partsOf(other, null)?.size ?? 0) > 0 ? new Map() : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  if (!value.every((item) => typeof item === "object" && item !== null)) return undefined;
  const names = value.map((item) => elementName(item)?.[1]);
  const byName = !names.includes(undefined) && new Set(names).size === names.length;
  return new Map(
    value.map((item, index): [string, unknown] => [byName ? String(names[index]) : `[${index}]`, item]),
  );
}

/** A value as people read it, whole; the order of plain lists (names of secrets, paths) is irrelevant. */
function textOf(value: unknown, unit: string): string {
  if (value === undefined) return "-";
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return value.length === 0 ? "none" : [...value].sort().join(", ");
  if (typeof value === "string") return value;
  if (typeof value !== "number") return JSON.stringify(value);
  if (unit === "MiB" && value % 1024 === 0) return `${value / 1024} GiB`;
  return unit === "" ? String(value) : quantity(value, unit);
}
