import { Failure, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** Values of a resource that are looked at; who writes more has made them by a program. */
const MOST = 2_000;

/**
 * Reasons that no value of the provider can take away: an argument that is null here may be computed by it, and what fails
 * because of a null is not judged.
 */
const CERTAIN =
  /^(there is no (such element|attribute )|the index is out of range|function cidr|module\..* (has no output|is called without) |(count|each)\.\w+ has no meaning here$)/;

/** An expression has a value. */
export const failingExpression: Rule = {
  id: "schema/failing-expression",
  why: "Terraform stops at an expression that has no value: an instance that count or for_each does not make, an output that a module does not have, an argument that a function does not take.",
  limit: "indexes, keys, attributes and outputs that exist, and every required argument of a module",
  fix: "Name an element that exists, or add it where it is made.",
  source: "https://developer.hashicorp.com/terraform/language/expressions/references",
  *check(graph) {
    for (const resource of graph.all()) {
      const found = failures(resource);
      const [first] = found;
      if (first === undefined) continue;
      const [path, why] = first;
      const reason = /^(there is|the index)/.test(why) ? `an expression in it fails, ${why}` : why;
      yield {
        resource,
        // With another value of a variable that has a default the element may exist.
        severity: isWithoutDefaults(resource) || why.startsWith("module.") ? "error" : "warning",
        message: `${path} has no value; rejected at plan: ${reason}.`,
      };
    }
  },
};

/** The first failure of each attribute, with its path. */
function failures(resource: Resource): (readonly [path: string, why: string])[] {
  const found: (readonly [string, string])[] = [];
  let left = MOST;
  const look = (value: Value, path: string): void => {
    if (left-- <= 0) return;
    if (value instanceof Failure) {
      if (CERTAIN.test(value.why)) found.push([path, value.why]);
    } else if (isUnknown(value)) for (const part of value.parts) typeof part === "string" || look(part, path);
    else if (Array.isArray(value)) for (const item of value) look(item, path);
    else if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value)) look(inner as Value, `${path}.${name}`);
  };
  for (const [name, value] of Object.entries(resource.values)) look(value, name);
  return found;
}

function isWithoutDefaults({ dependencies }: Resource): boolean {
  return ![...dependencies].some((address) => address.startsWith("var."));
}
