import type { Value } from "./value.ts";

/**
 * Takes note of one read of a resource: the path from it, and the value found there.
 * `isShared`: the read belongs to several readers, and not to the one that happens to be first.
 */
export type ReadObserver = (
  resource: object,
  path: string,
  value: Value | undefined,
  isShared: boolean,
) => void;

let observer: ReadObserver | undefined;
let shared = false;

/** Runs `run`, each read of an attribute in which is observed; none is where there is no observer. */
export function observingReads<T>(by: ReadObserver | undefined, run: () => T): T {
  const before = { observer, shared };
  observer = by;
  shared = false;
  try {
    return run();
  } finally {
    ({ observer, shared } = before);
  }
}

/** Runs `run`, whose result several readers use. */
export function sharingReads<T>(run: () => T): T {
  const before = shared;
  shared = true;
  try {
    return run();
  } finally {
    shared = before;
  }
}

export function observeRead(resource: object, path: string, value: Value | undefined): void {
  observer?.(resource, path, value, shared);
}
