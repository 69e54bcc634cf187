import { resourceType } from "../../resources/index.ts";
import { joined } from "../expression/values.ts";
import { isUnknown, type Value } from "../value.ts";

/** Reads another attribute of the same resource: as written, the provider's default, or unknown. */
type Read = (attribute: string) => Value;

/** The value of an attribute that is not written; undefined where it is only known after apply. */
export function computedAttribute(type: string, attribute: string, read: Read): Value | undefined {
  const derived = resourceType(type)?.derived ?? {};
  const template = Object.hasOwn(derived, attribute) ? derived[attribute] : undefined;
  if (template === undefined) return undefined;
  const [first, ...more] = template
    .split(/\{(\w+)\}/)
    .flatMap((piece, i) => (i % 2 === 1 ? [read(piece)] : piece === "" ? [] : [piece]));
  const value = more.length === 0 ? first : joined([first ?? null, ...more]);
  // The reference to its account leads `target` further than a partly known email.
  const isWhole = !isUnknown(value) || (value.parts.length === 0 && value.references.length > 0);
  return value === null || value === undefined || !isWhole ? undefined : value;
}

/** Attributes that resources take from their provider where they do not write them. */
export function isProvided(type: string, attribute: string): boolean {
  return (
    type.startsWith("google_") && (attribute === "project" || attribute === "region" || attribute === "zone")
  );
}
