import type { Value } from "../graph/index.ts";

/** A value as a list: absent is empty, a single one is a list of one. */
export function list(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
