import {
  allValues,
  Block,
  InputError,
  type Json,
  listOf,
  objectOf,
  own,
  stringsOf,
} from "../../graph/index.ts";
import { masked } from "../../reporting/mask.ts";
import type { Action, AttributeChange } from "../review.ts";
import { differences, type RawChange } from "./differences.ts";

/** What a plan does to one managed resource. Sensitive values are masked. */
export interface PlannedChange {
  readonly stack: string;
  readonly address: string;
  /** Address of its module, or "". */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly action: Action;
  readonly createBeforeDestroy: boolean;
  /** Why Terraform does it, as its action_reason: "replace_because_tainted". */
  readonly reason: string | undefined;
  readonly importedFrom: string | undefined;
  readonly movedFrom: string | undefined;
  readonly deposed: string | undefined;
  /** Values before; nothing for what is created. */
  readonly before: Block;
  /** Values after, unknown ones marked; nothing for what is destroyed. */
  readonly after: Block;
  readonly attributes: readonly AttributeChange[];
  /** Attributes that force the replacement, dotted without indexes. */
  readonly forcedBy: readonly string[];
}

/** Every managed resource of a plan, those that stay as they are included; data sources are left out. */
export function plannedChanges(stack: string, plan: Json, secrets: Set<string>): PlannedChange[] {
  return listOf(own(plan, "resource_changes")).flatMap((item) => {
    const resource = objectOf(item);
    const { address, type, name, mode, deposed, previous_address, action_reason, module_address } = resource;
    if (mode === "data") return [];
    const change = objectOf(own(resource, "change"));
    const actions = stringsOf(own(change, "actions"));
    // What is left out here would be applied all the same.
    if (typeof address !== "string" || typeof type !== "string" || actions.length === 0)
      throw new InputError(
        "the plan is damaged: a resource in it has no address, type or action; make it again.",
      );
    const raw = rawChange(change);
    const importing = own(objectOf(own(change, "importing")), "id");
    return {
      stack,
      address,
      module: typeof module_address === "string" ? module_address : "",
      type,
      name: String(name ?? ""),
      action: actionOf(actions),
      createBeforeDestroy: actions.join() === "create,delete",
      reason: typeof action_reason === "string" ? action_reason : undefined,
      importedFrom:
        importing === undefined && change.importing === undefined
          ? undefined
          : String(importing ?? "its identity"),
      movedFrom:
        typeof previous_address === "string" && previous_address !== address ? previous_address : undefined,
      deposed: typeof deposed === "string" ? deposed : undefined,
      before: new Block(allValues(masked(raw.before, raw.beforeSensitive, secrets), undefined)),
      after: new Block(allValues(masked(raw.after, raw.afterSensitive, secrets), raw.unknown)),
      attributes: actions.join() === "no-op" ? [] : differences(raw),
      forcedBy: [...new Set(raw.replacePaths.map((path) => path.replace(/\.\d+(?=\.|$)/g, "")))],
    };
  });
}

export function rawChange(change: Json): RawChange {
  return {
    before: own(change, "before"),
    after: own(change, "after"),
    unknown: own(change, "after_unknown"),
    beforeSensitive: own(change, "before_sensitive"),
    afterSensitive: own(change, "after_sensitive"),
    replacePaths: listOf(own(change, "replace_paths")).map((path) => listOf(path).join(".")),
  };
}

const ACTIONS: Readonly<Record<string, Action>> = {
  create: "create",
  update: "update",
  delete: "destroy",
  "delete,create": "replace",
  "create,delete": "replace",
  forget: "forget",
  "create,forget": "replace",
  "no-op": "none",
  read: "none",
};

/** An action that a later Terraform adds counts as a destruction, to be safe. */
function actionOf(actions: readonly string[]): Action {
  return (own(ACTIONS, actions.join()) as Action | undefined) ?? "destroy";
}
