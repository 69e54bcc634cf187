import { type MeshObject, named } from "../../analysis/mesh/objects.ts";
import { type Constraint, evaluate } from "../../resources/index.ts";
import type { Violation } from "../rule.ts";

/** What breaks the constraints in the spec of an object. */
export function* specViolations(object: MeshObject, constraints: readonly Constraint[]): Iterable<Violation> {
  for (const constraint of constraints)
    for (const { severity, message, fix } of evaluate(constraint, object.spec))
      yield {
        resource: object.resource,
        severity,
        message: `${named(object)}: ${message}`,
        ...(fix === undefined ? {} : { fix }),
      };
}
