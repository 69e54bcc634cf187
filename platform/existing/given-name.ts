import type { Existing } from "../schema/existing.ts";

/**
 * The short name of a declaration: a name, an id ("projects/p/locations/r/connectors/NAME"), a self link, a
 * connection name (project:region:NAME) or the e-mail of a service account. Undefined where the computed name applies.
 */
export function givenName(existing: Existing | undefined): string | undefined {
  if (existing === undefined || existing === true) return undefined;
  const last = existing.split("/").at(-1) ?? "";
  return last.split("@")[0]?.split(":").at(-1);
}

/** The same for one of several; a service may be called "constructor". */
export function givenNameOf(existing: Readonly<Record<string, Existing>>, name: string): string | undefined {
  return Object.hasOwn(existing, name) ? givenName(existing[name]) : undefined;
}
