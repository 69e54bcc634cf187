import { resourceTypes } from "./registry.ts";
import type { FieldRule } from "./resource-type.ts";

export type { Attributes } from "./attributes.ts";
export { isSet } from "./attributes.ts";
export * from "./catalogue.ts";
export * from "./constraints/index.ts";
export { durations } from "./durations.ts";
export { serviceNames } from "./impact.ts";
export { holdsPlaceholder } from "./placeholders.ts";
export { meantRegion, nearestRegion, regionForm, regionOfPlace, zoneForm } from "./places.ts";
export { resourceTypes } from "./registry.ts";
export type * from "./resource-type.ts";
export { restartReasons } from "./restart.ts";
export {
  isCertainSecretName,
  isSecretAttribute,
  isSecretName,
  isSecretText,
  withoutSecretTexts,
} from "./secrets.ts";
export { dashboardOf } from "./types/monitoring-dashboard.ts";
export { uptimeResources } from "./types/monitoring-uptime-check-config.ts";
export { applies, describeValidity, type Validity } from "./versions.ts";

/** A field rule with all its constraints, by the types that they are about. */
export interface CollectedFieldRule {
  readonly id: string;
  /** What describes the rule; undefined where its constraints only add to a rule file of the same id. */
  readonly described: FieldRule | undefined;
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
    const [main, ...more] = own.filter(({ rule }) => rule.why !== undefined);
    if (more.some(({ rule }) => rule.why !== main?.rule.why))
      throw new Error(`several resource types describe ${id}`);
    return { id, described: main?.rule, parts: own };
  });
}
