import type { z } from "zod";
import type { Path } from "../platform/issue.ts";
import { elementName } from "../platform/schema/element-name.ts";
import { environmentSchema } from "../platform/schema/environment.ts";
import { type LeafControl, leafControls } from "../platform/schema/leaf.ts";

/** A value of an environment file that can be changed on the page. */
export interface Control {
  readonly path: Path;
  /** Names of list elements in place of their positions: ["services", "backend", "instances", "max"]. */
  readonly names: readonly string[];
  readonly leaf: LeafControl;
  readonly value: Value;
  /** True where its section has a default as a whole: a file that leaves the section out must write all of it. */
  readonly isInDefault: boolean;
  /** True for a duration that the file writes in minutes. */
  readonly isInMinutes: boolean;
}

/** NaN while a field holds no number. */
export type Value = string | number | boolean;

/**
 * Every number, choice, switch and range of an environment, in the order of its schema.
 *
 * @param minutes what `minutesIn` found in its file @default nothing
 */
export function controlsOf(input: unknown, minutes: readonly string[] = []): Control[] {
  return [...controls(environmentSchema, input, { path: [], names: [], isInDefault: false })].map(
    (control) => ({
      ...control,
      isInMinutes: minutes.includes(`${control.path.at(-1)}: ${Number(control.value) / 60}`),
    }),
  );
}

/** The durations that the text of an environment file writes in minutes, by key: "requestTimeout: 60". */
export function minutesIn(source: string): string[] {
  return [...source.matchAll(/\b(\w+): *minutes\((\d+)\)/g)].map(([, key, count]) => `${key}: ${count}`);
}

type Place = Pick<Control, "path" | "names" | "isInDefault">;

function* controls(
  schema: z.core.$ZodType,
  value: unknown,
  place: Place,
): Iterable<Omit<Control, "isInMinutes">> {
  if (value === undefined) return;
  const leaf = leafControls.get(schema);
  if (leaf !== undefined) {
    if (isValue(value)) yield { ...place, leaf, value };
    return;
  }
  const { path, names } = place;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "default":
      yield* controls(def.innerType, value, {
        ...place,
        isInDefault: place.isInDefault || !leafControls.has(def.innerType),
      });
      break;
    case "optional":
    case "prefault":
      yield* controls(def.innerType, value, place);
      break;
    // A section: what it is preprocessed from, and its object.
    case "pipe":
      yield* controls(def.out, value, place);
      break;
    case "object":
      for (const [key, inner] of Object.entries(def.shape))
        yield* controls(inner, (value as Record<string, unknown>)[key], {
          path: [...path, key],
          names: [...names, key],
          isInDefault: place.isInDefault,
        });
      break;
    case "array":
      for (const [index, item] of (value as readonly unknown[]).entries())
        yield* controls(def.element, item, {
          path: [...path, index],
          names: [...names, identityOf(item)?.[1] ?? String(index + 1)],
          isInDefault: false,
        });
      break;
  }
}

function isValue(value: unknown): value is Value {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** What tells an element from the others of its list: its name, or the mount of a volume, which is no part of a dotted path. */
export function identityOf(element: unknown): readonly [key: string, value: string] | undefined {
  const mount = (element as { readonly mount?: unknown } | null | undefined)?.mount;
  return elementName(element) ?? (typeof mount === "string" ? ["mount", mount] : undefined);
}
