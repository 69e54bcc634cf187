import { isUnknown, type Reference, type Resource, type Unknown, type Value } from "../../graph/index.ts";
import { wellKnownPorts } from "../../resources/limits.ts";

/** Stands for an unknown piece of a text. No host name or URL holds it. */
export const HOLE = "\uE000";

/** The text of a value with `HOLE` for each unknown piece; undefined where it is not a text. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!isUnknown(value)) return undefined;
  return value.parts.length === 0 ? HOLE : value.parts.map((part) => textOf(part) ?? HOLE).join("");
}

/** The unknown pieces of a value, in order: the first is at the first `HOLE` of its text. */
export function holes(value: Value | undefined): readonly Unknown[] {
  if (!isUnknown(value)) return [];
  return value.parts.length === 0 ? [value] : value.parts.flatMap((part) => holes(part));
}

/**
 * The one reference of which a value consists, nothing added and no function applied; undefined otherwise. A plan does
 * not show what an expression does with its references, so nothing in a plan is certain in this way.
 */
export function onlyReference(value: Value | undefined, from: Resource): Reference | undefined {
  if (!isUnknown(value) || value.parts.length > 0 || value.why !== "known after apply") return undefined;
  return from.change === undefined && value.references.length === 1 ? value.references[0] : undefined;
}

/** Everything that a value refers to, however deep. */
export function references(value: Value | undefined): readonly Reference[] {
  if (isUnknown(value)) return value.references;
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(references);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(references);
  return [];
}

/** The server that a text names: "redis://:secret@10.0.0.3:6379/0", "10.0.0.3:6379" or a bare host. */
export interface Endpoint {
  readonly scheme: string | undefined;
  /** Host name or address; may be or contain `HOLE`. */
  readonly host: string;
  readonly port: number | undefined;
  /** Unknown piece of which the host consists. */
  readonly hole: Unknown | undefined;
}

const FORM = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/@\s]*@)?([^/:?#\s,@]+)(?::(\d+|\uE000))?(?:[/?#].*)?$/is;

export function endpointOf(value: Value | undefined): Endpoint | undefined {
  const text = textOf(value)?.replace(/^jdbc:/, "");
  if (text === undefined || text.length > 2000) return undefined;
  const match = FORM.exec(text);
  const host = match?.[2];
  if (match === null || host === undefined) return undefined;
  const before = text.slice(0, text.lastIndexOf(host)).split(HOLE).length - 1;
  return {
    scheme: match[1]?.toLowerCase(),
    host: host.toLowerCase(),
    port: match[3] === undefined || match[3] === HOLE ? undefined : Number(match[3]),
    hole: host === HOLE ? holes(value)[before] : undefined,
  };
}

const schemePorts: { readonly [scheme: string]: number | undefined } = wellKnownPorts.value;

/** The port that is written, or that the scheme implies. */
export function portOf({ port, scheme }: Endpoint): number | undefined {
  return port ?? (scheme === undefined ? undefined : schemePorts[scheme]);
}
