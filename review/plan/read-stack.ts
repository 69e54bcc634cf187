import {
  type Input,
  InputError,
  type Json,
  listOf,
  objectOf,
  own,
  type Resource,
  readPlan,
  readState,
} from "../../graph/index.ts";
import { masked } from "../../reporting/mask.ts";
import type { OutputChange, PlannedStack } from "../review.ts";
import { differences } from "./differences.ts";
import { withoutSecrets } from "./mask-plan.ts";
import { planProblem } from "./plan-problem.ts";
import { type PlannedChange, plannedChanges, rawChange } from "./planned-change.ts";
import { secretsOfPlan } from "./secrets-of-plan.ts";

/** One stack with everything that a review reads from its plan. */
export interface ReadStack {
  readonly name: string;
  /** Why it cannot be judged, one sentence. */
  readonly failure: string | undefined;
  readonly plan: Json;
  readonly changes: readonly PlannedChange[];
  readonly outputs: readonly OutputChange[];
  /** What is there now. */
  readonly before: Input;
  /** What would be there after the apply. */
  readonly after: Input;
}

/** @param secrets receives every text that may not be seen */
export function readStack({ name, plan, failure }: PlannedStack, secrets: Set<string>): ReadStack {
  const problem = failure ?? planProblem(plan);
  if (problem !== undefined) return failed(name, problem);
  const json = objectOf(plan);
  try {
    const changes = plannedChanges(name, json, secrets);
    secretsOfPlan(json, secrets);
    const safe = withoutSecrets(json);
    return {
      name,
      failure: undefined,
      plan: json,
      changes,
      outputs: outputs(json, secrets),
      before: before(name, safe),
      after: readPlan(name, safe),
    };
  } catch (error) {
    if (error instanceof InputError) return failed(name, error.message);
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return failed(name, `the plan cannot be read (${reason}); make it again.`);
  }
}

function failed(name: string, failure: string): ReadStack {
  const nothing: Input = { name, resources: [], unread: [`${name} could not be judged.`] };
  return { name, failure, plan: {}, changes: [], outputs: [], before: nothing, after: nothing };
}

function before(name: string, plan: Json): Input {
  const prior = objectOf(own(plan, "prior_state"));
  const { resources, ...state } = readState(name, {
    format_version: "1.0",
    values: objectOf(own(prior, "values")),
  });
  return { resources: resources.filter(({ mode }: Resource) => mode === "managed"), ...state };
}

function outputs(plan: Json, secrets: Set<string>): OutputChange[] {
  return Object.entries(objectOf(own(plan, "output_changes"))).flatMap(([name, value]) => {
    const change = objectOf(value);
    const actions = listOf(own(change, "actions")).join();
    if (actions === "no-op" || actions === "") return [];
    const raw = rawChange(change);
    masked({ [name]: raw.before }, { [name]: raw.beforeSensitive }, secrets);
    masked({ [name]: raw.after }, { [name]: raw.afterSensitive }, secrets);
    const [whole] = differences({
      ...raw,
      before: { [name]: raw.before },
      after: { [name]: raw.after },
      unknown: { [name]: raw.unknown },
      beforeSensitive: { [name]: raw.beforeSensitive },
      afterSensitive: { [name]: raw.afterSensitive },
    });
    if (whole === undefined) return [];
    const action = actions === "create" ? "create" : actions === "delete" ? "delete" : "update";
    return [{ name, action, before: whole.before, after: whole.after }];
  });
}
