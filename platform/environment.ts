import type { z } from "zod";
import { addressPlan } from "./address-plan.ts";
import { connectionBudget } from "./connection-budget.ts";
import { inconsistencies } from "./consistency/index.ts";
import { type Mistake, show } from "./mistake.ts";
import type { Path, Problem } from "./problem.ts";
import { type Environment, type EnvironmentInput, environmentSchema } from "./schema/environment.ts";
import type { Complaint } from "./schema/leaf.ts";
import { timeBudget } from "./time-budget.ts";
import { expiredWaivers } from "./waivers.ts";

/** Types an environment file; what it says is judged by `parseEnvironment`. */
export function defineEnvironment(input: EnvironmentInput): EnvironmentInput {
  return input;
}

export type Parsed =
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Judges a whole environment: every value, what the values promise each other, and the three budgets. All
 * mistakes come together.
 *
 * @param name the environment's name, which is its file's name
 * @param input what the file exports; anything at all
 * @param today YYYY-MM-DD, against which waivers expire
 */
export function parseEnvironment(name: string, input: unknown, today: string): Parsed {
  const result = judge(name, input, today, []);
  if (result.success) return { ok: true, environment: complete(name, result.data) };
  return { ok: false, mistakes: allIssues(name, input, today).map((issue) => toMistake(issue, input)) };
}

/**
 * A section that is missing or of the wrong type ends zod's parse before the cross-checks. An empty one stands in,
 * level by level, until everything else has been judged; what is wrong within a stand-in is nobody's mistake.
 */
function allIssues(name: string, input: unknown, today: string): z.core.$ZodIssue[] {
  const aborting: z.core.$ZodIssue[] = [];
  const standIns: Path[] = [];
  let whole = input;
  for (;;) {
    const issues = judge(name, whole, today, standIns).error?.issues ?? [];
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

/** @param withheld paths whose values must not be judged together with others */
function judge(name: string, input: unknown, today: string, withheld: readonly Path[]) {
  const schema = environmentSchema.check((context) => {
    const unusable = [
      ...withheld,
      ...context.issues.filter((issue) => issue.code !== "custom" || issue.params?.unusable).map(issuePath),
    ];
    for (const problem of problems(complete(name, context.value), today)) {
      const paths = [problem.path, ...(problem.uses ?? [])];
      if (paths.some((path) => unusable.some((bad) => touches(path, bad)))) continue;
      const { value, allowed, fix } = problem;
      context.issues.push({
        code: "custom",
        input: context.value,
        path: [...problem.path],
        params: { value, allowed, fix },
        continue: true,
      });
    }
  });
  return schema.safeParse(input);
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

function complete(name: string, value: z.output<typeof environmentSchema>): Environment {
  return { ...value, name, prefix: value.prefix ?? name };
}

function problems(environment: Environment, today: string): Problem[] {
  return [
    ...inconsistencies(environment),
    ...addressPlan(environment).problems,
    ...timeBudget(environment).problems,
    ...connectionBudget(environment).problems,
    ...expiredWaivers(environment, today),
  ];
}

function issuePath(issue: { readonly path?: readonly PropertyKey[] | undefined }): Path {
  return (issue.path ?? []).map((step) => (typeof step === "symbol" ? String(step) : step));
}

/** True where one of the paths leads to, or through, the other. */
function touches(path: Path, other: Path): boolean {
  const shared = Math.min(path.length, other.length);
  return path.slice(0, shared).every((step, index) => step === other[index]);
}

function toMistake(issue: z.core.$ZodIssue, input: unknown): Mistake {
  const path = issuePath(issue);
  const where = formatPath(path, input);
  if (issue.code === "custom" && issue.params !== undefined) {
    const { value, allowed, fix } = issue.params as unknown as Complaint;
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
    fix:
      found === undefined
        ? "add it; environments/staging.ts shows an example"
        : "see environments/staging.ts for an example",
  };
}

/** List elements are named by their `name` where they have one of their own: services.backend.cpu, not services[1].cpu. */
export function formatPath(path: Path, input: unknown): string {
  let value: unknown = input;
  let text = "";
  for (const step of path) {
    const parent = value;
    value = (value as Record<string | number, unknown> | null | undefined)?.[step];
    const ownName = Array.isArray(parent)
      ? (value as { name?: unknown } | null | undefined)?.name
      : undefined;
    const unique =
      typeof ownName === "string" &&
      (parent as { name?: unknown }[]).filter((item) => item?.name === ownName).length === 1;
    if (unique) text += `.${ownName}`;
    else text += typeof step === "number" ? `[${step}]` : `${text === "" ? "" : "."}${step}`;
  }
  return text === "" ? "the environment" : text;
}
