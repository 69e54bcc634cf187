import type { Resource } from "../graph/index.ts";

/**
 * True where one of two resources may exist only without the other: of both it is not known whether they do, as with
 * `count = var.protect ? 1 : 0` on one and `count = var.protect ? 0 : 1` on the other.
 */
export function mayExclude(a: Resource, b: Resource): boolean {
  return a !== b && a.unknownInstances !== undefined && b.unknownInstances !== undefined;
}
