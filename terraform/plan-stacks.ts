import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeFolder } from "../platform/remove-folder.ts";
import type { Terraform } from "./binary.ts";
import { notBegun, type StackFailure, type Step, stackFailure } from "./failure.ts";
import type { Interrupt } from "./interrupt.ts";
import { runTerraform } from "./process.ts";
import { foreignProviders, writeProviderLock } from "./provider-locks.ts";
import type { StackFolder } from "./stack-folders.ts";

/** A stack with the plan that Terraform made of it. */
export interface PlannedStack extends StackFolder {
  /** What `terraform show -json` says of the plan. */
  readonly plan: unknown;
  /** The saved plan, which `apply` takes. It holds secrets. */
  readonly planFile: string;
  /** True where the plan changes nothing. */
  readonly isEmpty: boolean;
}

export interface PlanOutcome {
  /** In order of deployment. */
  readonly planned: readonly PlannedStack[];
  readonly failed: readonly StackFailure[];
}

export interface PlanOptions {
  /** Folder for plans and logs, which hold secrets; see `withPlanFolder`. */
  readonly work: string;
  readonly interrupt: Interrupt;
  /**
   * "refresh-only" asks what was changed behind the code.
   * @default "normal"
   */
  readonly mode?: "normal" | "refresh-only";
  /**
   * Whether the state is locked meanwhile, which needs write access next to it. A plan that is not applied needs no lock.
   * @default false
   */
  readonly lock?: boolean;
  /** Seconds to wait for a lock that another one holds. @default 30 s, which a plan takes */
  readonly lockTimeout?: number;
  readonly progress?: (event: { readonly stack: string; readonly step: Step | "planned" | "failed" }) => void;
}

/** Stacks that are planned at once: each starts a provider of about 200 MB. */
const CONCURRENT_PLANS = 4;

/** Seconds that Terraform waits for a lock that another one holds: a plan's, not an apply's. */
export const LOCK_TIMEOUT = 30;

/** Plans all stacks. Each is planned by itself, because none reads another one's outputs; all that fails is reported. */
export async function planStacks(
  terraform: Terraform,
  stacks: readonly StackFolder[],
  options: PlanOptions,
): Promise<PlanOutcome> {
  const outcomes = new Map<StackFolder, PlannedStack | StackFailure>();
  // A shared cache of providers must not be written by two inits at once, says Terraform.
  const initAtOnce = terraform.env.TF_PLUGIN_CACHE_DIR ? 1 : CONCURRENT_PLANS;
  await inParallel(stacks, initAtOnce, async (stack) => {
    const failure = await init(terraform, stack, options);
    if (failure !== undefined) outcomes.set(stack, failure);
  });
  const ready = stacks.filter((stack) => !outcomes.has(stack));
  await inParallel(ready, CONCURRENT_PLANS, async (stack) => {
    outcomes.set(stack, await planStack(terraform, stack, options));
  });
  const found = stacks.flatMap((stack) => outcomes.get(stack) ?? []);
  return {
    planned: found.filter((outcome): outcome is PlannedStack => "plan" in outcome),
    failed: found.filter((outcome): outcome is StackFailure => "sentence" in outcome),
  };
}

async function init(
  terraform: Terraform,
  stack: StackFolder,
  options: PlanOptions,
): Promise<StackFailure | undefined> {
  writeProviderLock(stack.folder);
  const ended = await step(terraform, stack, "init", ["init", "-input=false", "-no-color"], options);
  if (ended.failure !== undefined) return ended.failure;
  const foreign = foreignProviders(stack.folder);
  if (foreign.length === 0) return undefined;
  options.progress?.({ stack: stack.name, step: "failed" });
  return {
    stack: stack.name,
    step: "init",
    kind: "foreign-provider",
    sentence: `The state names ${foreign.join(", ")}, which the code does not, and Terraform would run it: nothing was planned. Find out who wrote the state (docs/delivery.md, "Who may do what"), and restore an earlier version of it; where the code has just dropped that provider, remove what is left of it with terraform state rm.`,
  };
}

async function planStack(
  terraform: Terraform,
  stack: StackFolder,
  options: PlanOptions,
): Promise<PlannedStack | StackFailure> {
  const planFile = path.join(options.work, `${stack.name}.plan`);
  // Terraform keeps the mode of a file that is there.
  writeFileSync(planFile, "", { mode: 0o600 });
  const args = [
    "plan",
    "-input=false",
    "-no-color",
    "-json",
    "-detailed-exitcode",
    `-out=${planFile}`,
    options.lock === true ? `-lock-timeout=${options.lockTimeout ?? LOCK_TIMEOUT}s` : "-lock=false",
    ...(options.mode === "refresh-only" ? ["-refresh-only"] : []),
    // A saved plan keeps them: its apply takes no others.
    ...Object.entries(stack.variables ?? {}).map(([name, value]) => `-var=${name}=${value}`),
  ];
  const planned = await step(terraform, stack, "plan", args, options);
  if (planned.failure !== undefined) return planned.failure;
  const shown = await step(terraform, stack, "show", ["show", "-json", "-no-color", planFile], options);
  if (shown.failure !== undefined) return shown.failure;
  const plan = parsed(shown.stdout);
  if (plan === undefined) {
    options.progress?.({ stack: stack.name, step: "failed" });
    return stackFailure(stack, "show", shown.stdout.slice(0, SHOWN), terraform);
  }
  options.progress?.({ stack: stack.name, step: "planned" });
  return { ...stack, planFile, plan, isEmpty: planned.code === 0 };
}

/** Characters shown of a plan that is not JSON (a full disk, a wrapper that prints); it may hold secrets. */
const SHOWN = 80;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function step(
  terraform: Terraform,
  stack: StackFolder,
  name: Step,
  args: readonly string[],
  { work, interrupt, progress }: PlanOptions,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly failure?: StackFailure }> {
  const fail = (failure: StackFailure) => {
    progress?.({ stack: stack.name, step: "failed" });
    return { code: null, stdout: "", failure };
  };
  if (interrupt.isInterrupted) return fail(notBegun(stack, name));
  progress?.({ stack: stack.name, step: name });
  const ended = await runTerraform(terraform, args, {
    folder: stack.folder,
    log: path.join(work, `${stack.name}.${name}`),
    interrupt,
  });
  const isFine = ended.code === 0 || (name === "plan" && ended.code === 2);
  if (isFine) return ended;
  return fail(stackFailure(stack, name, `${ended.stdout}\n${ended.stderr}`, terraform));
}

/** Does the work for all items, at most `most` at once. */
async function inParallel<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
}

/** Gives a new folder for plans, which hold secrets: readable for its owner alone, and removed at the end. */
export async function withPlanFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "plans-"));
  try {
    return await work(folder);
  } finally {
    removeFolder(folder);
  }
}
