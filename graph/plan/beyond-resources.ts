import { type Json, own } from "../json.ts";

/** What a plan is about besides the resources that it lists. */
export interface BeyondResources {
  /** It was limited (-target), or has deferred what depends on what is not known yet. */
  readonly isPartial: boolean;
  /** Its apply runs actions of a provider: https://developer.hashicorp.com/terraform/language/invoke-actions */
  readonly runsActions: boolean;
}

export function beyondResources(plan: Json): BeyondResources {
  const has = (key: string): boolean => isSomething(own(plan, key));
  return {
    isPartial: own(plan, "complete") === false || has("deferred_changes"),
    runsActions: has("action_invocations") || has("deferred_action_invocations"),
  };
}

/** Whatever its shape, it is not nothing. */
const isSomething = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
