import type { Resource, Target, Value } from "../../graph/index.ts";
import type { Violation } from "../rule.ts";

/** The third answer, for a name written as a literal of which the input does not say whether it exists. */
export function cannotTell(
  resource: Resource,
  what: string,
  value: Value | undefined,
  target: Target,
): readonly Violation[] {
  if (target.kind !== "unknown" || typeof value !== "string" || value === "") return [];
  return [
    {
      resource,
      severity: "unknown",
      message: `whether ${what} "${value}" exists is unknown: ${target.why}.`,
      fix: "Verify it together with the configuration that defines it, or declare it with --external.",
    },
  ];
}
