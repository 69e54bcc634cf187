import type { z } from "zod";
import { inconsistencies } from "./consistency/index.ts";
import type { Issue, Path } from "./issue.ts";
import { type ReportedIssue, show } from "./issue.ts";
import { meshIssues } from "./mesh-plan.ts";
import { platformPlan } from "./plan.ts";
import { elementName } from "./schema/element-name.ts";
import { type Environment, environmentSchema } from "./schema/environment.ts";
import { formAt } from "./schema/form.ts";
import type { LeafIssue } from "./schema/leaf.ts";
import { type MeshEnvironment, meshEnvironmentSchema } from "./schema/mesh.ts";
import { expiredWaivers } from "./waivers.ts";

/** Whether a file describes an environment behind Istio rather than one on Cloud Run. */
export function isMeshInput(input: unknown): boolean {
  return typeof input === "object" && input !== null && "mesh" in input;
}

export type Parsed<T = Environment> =
  | { readonly ok: true; readonly environment: T }
  | { readonly ok: false; readonly issues: readonly ReportedIssue[] };

/** Every environment has these, of either kind. */
type Identified = { readonly name: string; readonly prefix: string };

/** What an environment of one kind must hold, and how its values must fit together. */
interface Kind<T> {
  readonly schema: z.ZodType<T>;
  readonly issues: (environment: T & Identified, today: string) => readonly Issue[];
}

const cloudRun: Kind<z.output<typeof environmentSchema>> = {
  schema: environmentSchema,
  issues: (environment, today) => {
    const plan = platformPlan(environment);
    return [
      ...inconsistencies(plan),
      ...plan.addressPlan.issues,
      ...plan.timeBudget.issues,
      ...plan.connectionBudget.issues,
      ...plan.furtherRegions.flatMap(({ addressPlan, connectionBudget }) => [
        ...addressPlan.issues,
        ...connectionBudget.issues,
      ]),
      ...expiredWaivers(plan, today),
    ];
  },
};

const mesh: Kind<z.output<typeof meshEnvironmentSchema>> = {
  schema: meshEnvironmentSchema,
  issues: (environment, today) => [...meshIssues(environment), ...expiredWaivers(environment, today)],
};

/**
 * Checks a whole environment: every value, how the values fit together, and the three budgets. All issues are
 * reported at once.
 *
 * @param name the environment's name: its file's name
 * @param input what the file exports; anything at all
 * @param today YYYY-MM-DD, against which waivers expire
 */
export function parseEnvironment(name: string, input: unknown, today: string): Parsed {
  return parse(cloudRun, name, input, today);
}

/** The same for an environment behind Istio. */
export function parseMeshEnvironment(name: string, input: unknown, today: string): Parsed<MeshEnvironment> {
  return parse(mesh, name, input, today);
}

function parse<T extends { readonly prefix?: string | undefined }>(
  kind: Kind<T>,
  name: string,
  input: unknown,
  today: string,
): Parsed<T & Identified> {
  const { environment, error } = check(kind, name, input, today, []);
  if (error === undefined && environment !== undefined) return { ok: true, environment };
  return {
    ok: false,
    issues: allIssues(kind, name, input, today).map((issue) => toReportedIssue(issue, input, kind.schema)),
  };
}

/**
 * A section that is missing or of the wrong type ends zod's parse before the cross-checks. An empty one replaces it,
 * level by level, until everything else has been checked; issues within a stand-in are not reported.
 */
function allIssues<T extends { readonly prefix?: string | undefined }>(
  kind: Kind<T>,
  name: string,
  input: unknown,
  today: string,
): z.core.$ZodIssue[] {
  const aborting: z.core.$ZodIssue[] = [];
  const standIns: Path[] = [];
  let whole = input;
  for (;;) {
    const issues = check(kind, name, whole, today, standIns).error?.issues ?? [];
    const own = issues.filter((issue) => !standIns.some((path) => touches(issuePath(issue), path)));
    const ending = issues
      .filter((issue) => issue.code === "invalid_type")
      .filter((issue) => !standIns.some((path) => same(path, issuePath(issue))));
    if (ending.length === 0) return [...aborting, ...own];
    aborting.push(...ending.filter((issue) => own.includes(issue)));
    for (const issue of ending) {
      const path = issuePath(issue);
      standIns.push(path);
      whole = replaceAt(whole, path, issue.expected === "array" ? [] : {});
    }
  }
}

function same(path: Path, other: Path): boolean {
  return path.length === other.length && touches(path, other);
}

/**
 * Checks an environment once; the one returned is the one that was checked, so that its plan is computed once.
 *
 * @param withheld paths whose values must not be checked together with others
 */
function check<T extends { readonly prefix?: string | undefined }>(
  kind: Kind<T>,
  name: string,
  input: unknown,
  today: string,
  withheld: readonly Path[],
): { readonly environment: (T & Identified) | undefined; readonly error: z.ZodError | undefined } {
  let environment: (T & Identified) | undefined;
  const schema = kind.schema.check((context) => {
    environment = { ...context.value, name, prefix: context.value.prefix ?? name };
    const unusable = [
      ...withheld,
      ...context.issues.filter((issue) => issue.code !== "custom" || issue.params?.unusable).map(issuePath),
    ];
    for (const issue of kind.issues(environment, today)) {
      const paths = [issue.path, ...(issue.uses ?? [])];
      if (paths.some((path) => unusable.some((bad) => touches(path, bad)))) continue;
      const { value, allowed, fix } = issue;
      context.issues.push({
        code: "custom",
        input: context.value,
        path: [...issue.path],
        params: { value, allowed, fix },
        continue: true,
      });
    }
  });
  const { error } = schema.safeParse(input);
  return { environment, error };
}

function replaceAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replaceAt(item, rest, replacement) : item));
  return {
    ...(value as object),
    [step]: replaceAt((value as Record<string | number, unknown>)[step], rest, replacement),
  };
}

function issuePath(issue: { readonly path?: readonly PropertyKey[] | undefined }): Path {
  return (issue.path ?? []).map((step) => (typeof step === "symbol" ? String(step) : step));
}

/** True where one of the paths leads to, or through, the other. */
function touches(path: Path, other: Path): boolean {
  const shared = Math.min(path.length, other.length);
  return path.slice(0, shared).every((step, index) => step === other[index]);
}

function toReportedIssue(issue: z.core.$ZodIssue, input: unknown, schema: z.ZodType): ReportedIssue {
  const path = issuePath(issue);
  const where = formatPath(path, input);
  if (issue.code === "custom" && issue.params !== undefined) {
    const { value, allowed, fix } = issue.params as unknown as LeafIssue;
    return { path: where, value, allowed, fix };
  }
  const found = path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    input,
  );
  const expected =
    issue.code === "invalid_type"
      ? `allowed is ${issue.expected === "array" ? "a list" : "a group of values in { }"}`
      : issue.message;
  return {
    path: where,
    value: show(found),
    allowed: expected,
    fix: `${found === undefined ? "add it, in the form" : "write it in the form"} ${formAt(schema, path)}`,
  };
}

/** List elements are named by their `name`, `topic` or `bucket` where it is unique: services.backend.cpu, not services[1].cpu. */
export function formatPath(path: Path, input: unknown): string {
  let value: unknown = input;
  let text = "";
  for (const step of path) {
    const parent = value;
    value = (value as Record<string | number, unknown> | null | undefined)?.[step];
    const ownName = Array.isArray(parent) ? elementName(value)?.[1] : undefined;
    const unique =
      ownName !== undefined &&
      (parent as unknown[]).filter((item) => elementName(item)?.[1] === ownName).length === 1;
    if (unique) text += `.${ownName}`;
    else text += typeof step === "number" ? `[${step}]` : `${text === "" ? "" : "."}${step}`;
  }
  return text === "" ? "the environment" : text;
}
