import { isObject, type Json, objectOf, own } from "../../graph/index.ts";
import { masked } from "../../reporting/mask.ts";
import { SENSITIVE } from "../../reporting/sensitive.ts";
import type { AttributeChange } from "../review.ts";

export const AFTER_APPLY = "(known after apply)";

const deepest = 200;

/** One side of a leaf: the raw value to compare, and the value to show. */
interface Side {
  readonly raw: unknown;
  readonly shown: unknown;
}

/** The `change` of a resource or an output. */
export interface RawChange {
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
  readonly replacePaths: readonly string[];
}

/**
 * Every attribute that differs, dotted: "settings.0.tier". Elements of a list that have names are compared by
 * name, because sets come in any order: `env["PORT"].value`. Compared are the real values, shown the masked ones.
 */
export function differences(change: RawChange): AttributeChange[] {
  const found: AttributeChange[] = [];
  const walk = (
    path: string,
    before: Side,
    after: Side,
    unknown: unknown,
    indexed: string,
    depth: number,
  ): void => {
    if (unknown !== true && !anyMark(unknown) && same(before.raw, after.raw)) return;
    if (unknown !== true && isEmpty(before.raw) && isEmpty(after.raw) && !anyMark(unknown)) return;
    const isOpen =
      depth < deepest && unknown !== true && before.shown !== SENSITIVE && after.shown !== SENSITIVE;
    const steps = isOpen ? children(before, after, unknown) : undefined;
    if (steps !== undefined) {
      for (const step of steps)
        walk(
          path === "" ? step.name : `${path}${step.separator}${step.name}`,
          step.before,
          step.after,
          step.unknown,
          indexed === "" ? step.index : `${indexed}.${step.index}`,
          depth + 1,
        );
      return;
    }
    found.push({
      path,
      before: shown(before),
      after: unknown === true ? AFTER_APPLY : shown(after),
      forcesReplacement: change.replacePaths.some((forcing) => forces(forcing, indexed)),
    });
  };
  walk(
    "",
    { raw: change.before, shown: masked(change.before, change.beforeSensitive) },
    { raw: change.after, shown: masked(change.after, change.afterSensitive) },
    change.unknown,
    "",
    0,
  );
  return found;
}

/** A path forces a replacement where it leads to the attribute, or the attribute leads to it. */
function forces(forcing: string, path: string): boolean {
  return forcing === path || path.startsWith(`${forcing}.`) || forcing.startsWith(`${path}.`);
}

interface Step {
  readonly name: string;
  readonly separator: string;
  readonly index: string;
  readonly before: Side;
  readonly after: Side;
  readonly unknown: unknown;
}

/** What is compared one by one; undefined where the two sides are compared as a whole. */
function children(before: Side, after: Side, unknown: unknown): Step[] | undefined {
  const [old, now] = [before.raw, after.raw];
  const isGone = (value: unknown): boolean => value === null || value === undefined;
  if (isObject(old) || isObject(now)) {
    if (!(isObject(old) || isGone(old)) || !(isObject(now) || isGone(now))) return undefined;
    return ofObjects(before, after, objectOf(unknown));
  }
  if (!Array.isArray(old) && !Array.isArray(now)) return undefined;
  if (!(Array.isArray(old) || isGone(old)) || !(Array.isArray(now) || isGone(now))) return undefined;
  const [a, b] = [listed(before), listed(after)];
  if (![...a, ...b].some(({ raw }) => isObject(raw))) return undefined;
  return byName(a, b, unknown) ?? byIndex(a, b, unknown);
}

function ofObjects(before: Side, after: Side, marks: Json): Step[] {
  const [old, now] = [objectOf(before.raw), objectOf(after.raw)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now), ...Object.keys(marks)])];
  return keys.map((key) => ({
    name: /^[\w-]+$/.test(key) ? key : JSON.stringify(key),
    separator: ".",
    index: key,
    before: { raw: own(old, key), shown: own(objectOf(before.shown), key) },
    after: { raw: own(now, key), shown: own(objectOf(after.shown), key) },
    unknown: own(marks, key),
  }));
}

function listed({ raw, shown }: Side): Side[] {
  if (!Array.isArray(raw)) return [];
  return raw.map((item, index) => ({ raw: item, shown: Array.isArray(shown) ? shown[index] : shown }));
}

const NOTHING: Side = { raw: undefined, shown: undefined };

function byName(before: readonly Side[], after: readonly Side[], unknown: unknown): Step[] | undefined {
  const [old, now] = [named(before), named(after)];
  if (old === undefined || now === undefined) return undefined;
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.map((name) => {
    const index = now.get(name)?.index;
    return {
      name: `[${JSON.stringify(name)}]`,
      separator: "",
      index: String(index ?? old.get(name)?.index ?? 0),
      before: old.get(name)?.side ?? NOTHING,
      after: now.get(name)?.side ?? NOTHING,
      unknown: Array.isArray(unknown) && index !== undefined ? unknown[index] : undefined,
    };
  });
}

/** Elements by their names, where each has one of its own. */
function named(sides: readonly Side[]): Map<string, { side: Side; index: number }> | undefined {
  const byName = new Map<string, { side: Side; index: number }>();
  for (const [index, side] of sides.entries()) {
    const name = own(objectOf(side.raw), "name");
    if (typeof name !== "string" || name === "" || byName.has(name)) return undefined;
    byName.set(name, { side, index });
  }
  return byName;
}

function byIndex(before: readonly Side[], after: readonly Side[], unknown: unknown): Step[] {
  const length = Math.max(before.length, after.length, Array.isArray(unknown) ? unknown.length : 0);
  return Array.from({ length }, (_, index) => ({
    name: String(index),
    separator: ".",
    index: String(index),
    before: before[index] ?? NOTHING,
    after: after[index] ?? NOTHING,
    unknown: Array.isArray(unknown) ? unknown[index] : undefined,
  }));
}

function anyMark(marks: unknown): boolean {
  if (Array.isArray(marks)) return marks.some(anyMark);
  return isObject(marks) ? Object.values(marks).some(anyMark) : marks === true;
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(b, key) && same((a as Json)[key], (b as Json)[key]))
  );
}

/** What providers write for "nothing", now this way, now that. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function shown({ raw, shown: text }: Side): string | undefined {
  if (raw === undefined || raw === null) return undefined;
  return typeof text === "string" && text === SENSITIVE ? SENSITIVE : JSON.stringify(text);
}
