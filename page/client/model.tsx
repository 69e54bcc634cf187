import { useMemo, useState } from "preact/hooks";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { type PlatformPlan, platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { changedLines, type Edit, edited } from "../changed-lines.ts";
import { type Control, controlsOf, type Value } from "../controls.ts";
import type { EnvironmentData } from "../data.ts";

/** The environment with the changes made on the page, and what synth would say of it. */
export interface WhatIf {
  readonly controls: readonly Control[];
  readonly edits: readonly Edit[];
  /** The plan with the changes; the last one that could be computed where the changes make none. */
  readonly plan: PlatformPlan;
  /** The plan of the environment file. */
  readonly original: PlatformPlan;
  /** What to change in the environment file. */
  readonly lines: string;
  /** Sentences of `npm start`; empty where it accepts the changes. */
  readonly refusals: readonly string[];
  readonly change: (control: Control, value: Value) => void;
  readonly reset: () => void;
}

export function useWhatIf({ name, input, minutes, today }: EnvironmentData): WhatIf {
  const [edits, setEdits] = useState<readonly Edit[]>([]);
  const controls = useMemo(() => controlsOf(input, minutes), [input, minutes]);
  const original = useMemo(() => platformPlan(asEnvironment(name, input)), [name, input]);
  // A field without a number that can be counted with is refused, and changes no budget and no line.
  const written = useMemo(() => edits.filter(({ changed }) => isCountable(changed)), [edits]);
  const [plan, refusals] = useMemo(() => {
    const parsed = parseEnvironment(name, edited(input, edits), today);
    return parsed.ok
      ? [platformPlan(parsed.environment), []]
      : [planOf(asEnvironment(name, edited(input, written)), original), parsed.issues.map(formatIssue)];
  }, [name, input, today, edits, written, original]);
  return {
    controls,
    edits,
    plan,
    original,
    refusals,
    lines: changedLines(input, written, controls),
    change: (control, value) =>
      setEdits((before) => {
        const others = before.filter(({ path }) => path.join() !== control.path.join());
        return value === control.value ? others : [...others, { ...control, changed: value }];
      }),
    reset: () => setEdits([]),
  };
}

/** Beyond it sums would be Infinity, and differences NaN. */
function isCountable(value: Value): boolean {
  return typeof value !== "number" || Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function asEnvironment(name: string, input: unknown): Environment {
  return { ...(input as Omit<Environment, "name">), name };
}

/** Budgets are shown of refused changes too: how far over they are is what a person wants to see. */
function planOf(environment: Environment, fallback: PlatformPlan): PlatformPlan {
  try {
    const plan = platformPlan(environment);
    void [plan.addressPlan, plan.timeBudget, plan.connectionBudget, plan.alerts];
    return plan;
  } catch {
    // A range that is none, halfway through typing it.
    return fallback;
  }
}
