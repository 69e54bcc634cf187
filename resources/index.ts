import { resourceTypes } from "./registry.ts";
import type { FieldRule } from "./resource-type.ts";

export type { Attributes } from "./attributes.ts";
export { isSet } from "./attributes.ts";
export * from "./catalogue.ts";
export * from "./constraints/index.ts";
export { durations } from "./durations.ts";
export { serviceNames } from "./impact.ts";
export { resourceTypes } from "./registry.ts";
export type * from "./resource-type.ts";
export { restartReasons } from "./restart.ts";
export { applies, describeValidity, type Validity } from "./versions.ts";

/** A field rule with all its constraints, by the types that they are about. */
export interface CollectedFieldRule extends Required<Pick<FieldRule, "id" | "why" | "example" | "source">> {
  readonly fix: string | undefined;
  readonly parts: readonly { readonly type: string; readonly rule: FieldRule }[];
}

/** The field rules of all types, each id once. */
export function fieldRules(): readonly CollectedFieldRule[] {
  const parts = resourceTypes.flatMap(({ type, fieldRules = [] }) =>
    fieldRules.map((rule) => ({ type, rule })),
  );
  const ids = [...new Set(parts.map(({ rule }) => rule.id))];
  return ids.map((id) => {
    const own = parts.filter(({ rule }) => rule.id === id);
    const described = own.filter(({ rule }) => rule.why !== undefined && rule.example !== undefined);
    const [main, ...more] = described;
    if (main === undefined || more.length > 0)
      throw new Error(`exactly one resource type must give why and example of ${id}; ${described.length} do`);
    const { why = "", example = "", source, fix } = main.rule;
    return { id, why, example, source, fix, parts: own };
  });
}
