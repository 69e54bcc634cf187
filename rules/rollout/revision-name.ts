import { type Block, isUnknown, type Value } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** By type, where the name of the next revision is. */
const NAMES: Readonly<Record<string, string>> = {
  google_cloud_run_v2_service: "template.revision",
  google_cloud_run_v2_worker_pool: "template.revision",
  google_cloud_run_service: "template.metadata.name",
};

/** A revision does not change: another template under its name is a conflict. */
export const revisionName: Rule = {
  id: "rollout/revision-name",
  why: "A revision is immutable: a template that changes under the same revision name is a conflict with the revision that has it.",
  limit: "a plan that changes the template changes the revision name, or none is set",
  fix: "Remove the revision name, so that Cloud Run makes one for each template.",
  source:
    "https://docs.cloud.google.com/run/docs/reference/rest/v2/projects.locations.services#revisiontemplate",
  *check(graph) {
    for (const resource of graph.all(...Object.keys(NAMES))) {
      // Both sides are made when they are read: not of all services that a plan leaves alone or creates.
      if (resource.change?.actions.join() !== "update") continue;
      const { before, after } = resource.change;
      if (before === undefined) continue;
      const path = NAMES[resource.type] ?? "";
      const name = after.string(path) ?? "";
      if (name === "" || before.string(path) !== name) continue;
      // Then Cloud Run takes the name for a prefix.
      if (after.boolean("autogenerate_revision_name") === true) continue;
      const changed = differences(templateOf(before), templateOf(after), "template");
      if (changed.length > 0)
        yield {
          resource,
          message: `${path} stays "${name}" and the plan changes ${changed.slice(0, 3).join(", ")}; rejected by the API (409): a revision of that name exists with another template.`,
          fix: `Remove ${path}, or write a new name, for example "${next(name)}".`,
        };
    }
  },
};

function templateOf(service: Block): Value {
  return service.get("template") ?? null;
}

/** The paths of values that are known on both sides and are not the same; null, "" and nothing are. */
function differences(before: Value, after: Value, path: string): string[] {
  if (isUnknown(before) || isUnknown(after) || (isNothing(before) && isNothing(after))) return [];
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      differences(before[key] ?? null, after[key] ?? null, Array.isArray(before) ? path : `${path}.${key}`),
    );
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

function isObject(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null;
}

function isNothing(value: Value): boolean {
  if (isUnknown(value)) return false;
  return value === null || value === "" || (isObject(value) && Object.values(value).every(isNothing));
}

/** "api-v1" after which comes "api-v2". */
function next(name: string): string {
  const [, stem = name, number] = /^(.*?)(\d+)$/.exec(name) ?? [];
  return number === undefined
    ? `${name}-2`
    : `${stem}${String(Number(number) + 1).padStart(number.length, "0")}`;
}
