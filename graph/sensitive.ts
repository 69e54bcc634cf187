import { isObject, type Json, listOf, objectOf, own } from "./json.ts";
import { isUnknown } from "./value.ts";

/** Every text and number in the value. */
export function collectTexts(value: unknown, found: Set<string>): void {
  if (typeof value === "string" || typeof value === "number") found.add(String(value));
  else if (isUnknown(value)) for (const part of value.parts) collectTexts(part, found);
  else if (typeof value === "object" && value !== null)
    for (const item of Object.values(value)) collectTexts(item, found);
}

/** The texts that the marks of Terraform's JSON (`sensitive_values`, `after_sensitive`) call sensitive. */
function collectMarked(value: unknown, marks: unknown, found: Set<string>): void {
  if (marks === true) collectTexts(value, found);
  else if (typeof marks === "object" && marks !== null && typeof value === "object" && value !== null)
    for (const [key, mark] of Object.entries(marks)) collectMarked(own(value as Json, key), mark, found);
}

/** What a plan marks as sensitive: in its changes, values and outputs, and of the variables of its root module. */
export function sensitiveTextsOfPlan(plan: Json): Set<string> {
  const found = new Set<string>();
  const outputs = Object.values(objectOf(own(plan, "output_changes")));
  const changes = listOf(own(plan, "resource_changes")).map((item) => own(objectOf(item), "change"));
  for (const change of [...changes, ...outputs].map(objectOf)) {
    collectMarked(own(change, "before"), own(change, "before_sensitive"), found);
    collectMarked(own(change, "after"), own(change, "after_sensitive"), found);
  }
  const root = objectOf(own(objectOf(own(plan, "configuration")), "root_module"));
  for (const [name, variable] of Object.entries(objectOf(own(root, "variables"))))
    if (own(objectOf(variable), "sensitive") === true)
      collectTexts(own(objectOf(own(objectOf(own(plan, "variables")), name)), "value"), found);
  collectStored(objectOf(own(plan, "planned_values")), found);
  collectStored(objectOf(own(objectOf(own(plan, "prior_state")), "values")), found);
  return found;
}

export function sensitiveTextsOfState(values: Json): Set<string> {
  const found = new Set<string>();
  collectStored(values, found);
  return found;
}

function collectStored(values: Json, found: Set<string>): void {
  for (const output of Object.values(objectOf(own(values, "outputs"))).map(objectOf))
    if (own(output, "sensitive") === true) collectTexts(own(output, "value"), found);
  const modules = [objectOf(own(values, "root_module"))];
  for (const module of modules) {
    for (const resource of listOf(own(module, "resources")).map(objectOf))
      collectMarked(own(resource, "values"), own(resource, "sensitive_values"), found);
    modules.push(...listOf(own(module, "child_modules")).filter(isObject));
  }
}

/** The marks that the paths of a state file (`sensitive_attributes`) mean. */
export function marksOfPaths(paths: unknown): Json {
  const marks: { [key: string]: unknown } = {};
  for (const path of listOf(paths)) {
    let at = marks;
    const steps = listOf(path).map((step) => {
      const value = own(objectOf(step), "value");
      return String(isObject(value) ? own(value, "value") : value);
    });
    for (const [position, step] of steps.entries()) {
      if (position === steps.length - 1) at[step] = true;
      else if (at[step] === true) break;
      else {
        const next: { [key: string]: unknown } = isObject(at[step]) ? at[step] : Object.create(null);
        at[step] = next;
        at = next;
      }
    }
  }
  return marks;
}
