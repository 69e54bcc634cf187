import { sharingReads } from "../graph/index.ts";

/** Computes what several rules ask of the same graph, workload or resource only once. */
export function memoize<Key extends object, T>(compute: (key: Key) => T): (key: Key) => T {
  const results = new WeakMap<Key, { readonly value: T }>();
  return (key) => {
    const known = results.get(key) ?? { value: sharingReads(() => compute(key)) };
    results.set(key, known);
    return known.value;
  };
}
