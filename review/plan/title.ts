import { difference } from "./compare.ts";
import { KUBERNETES_MANIFEST, kindOf, objectIn } from "./kubernetes-object.ts";
import type { PlannedChange } from "./planned-change.ts";

/** "connector dev-connector"; the type where no noun is known, the address where it has no name. */
export function title(
  change: PlannedChange,
  label: string = change.type.replace(/^google_/, "").replaceAll("_", " "),
): string {
  const name = nameOf(change);
  const called = (change.type === KUBERNETES_MANIFEST ? kubernetesKind(change) : undefined) ?? label;
  return name === undefined ? called : `${called} ${name}`;
}

/** The kind of a Kubernetes object is a better label than one for all of them. */
function kubernetesKind({ before, after }: PlannedChange): string | undefined {
  return kindOf(before) ?? kindOf(after);
}

const NAMES = ["secret_id", "account_id", "repository_id", "display_name", "name", "service", "domain", "id"];

function nameOf({ type, before, after }: PlannedChange): string | undefined {
  for (const side of [before, after]) {
    const block = type === KUBERNETES_MANIFEST ? (objectIn(side).blocks("metadata")[0] ?? side) : side;
    for (const attribute of NAMES) {
      const name = block.string(attribute);
      if (name === undefined || name === "") continue;
      // The name of an alert is a sentence of its own.
      return /\s/.test(name) ? JSON.stringify(name) : name.slice(name.lastIndexOf("/") + 1);
    }
  }
  return undefined;
}

/** " because max_instances went 6 to 4"; empty where there is no reason to give. */
export function why(change: PlannedChange): string {
  const reasons = change.forcedBy.map((path) => {
    const found = difference(change, path);
    return found === undefined ? `${path} changes` : `${path} went ${found.text}`;
  });
  const needed = REASONS.get(change.reason ?? "");
  const all = reasons.length > 0 ? reasons : needed === undefined ? [] : [needed];
  return all.length === 0 ? "" : ` because ${all.join(" and ")}`;
}

/** Terraform's action reasons in words. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["replace_because_tainted", "it is tainted: its creation failed, or it was marked"],
  ["replace_by_request", "it was requested with -replace"],
  ["replace_by_triggers", "a resource in replace_triggered_by changes"],
  ["delete_because_no_resource_config", "it is no longer in the code"],
  ["delete_because_no_module", "its module is no longer in the code"],
  ["delete_because_wrong_repetition", "count or for_each was added or removed"],
  ["delete_because_count_index", "count went down"],
  ["delete_because_each_key", "its key is no longer in for_each"],
]);
