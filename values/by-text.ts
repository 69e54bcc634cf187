/** Texts whose results are kept: more than a configuration repeats. */
const MAX_KEPT = 10_000;

/** Computes the result of each text once: a configuration repeats few texts in many places. */
export function byText<T>(compute: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined || results.has(text)) return known as T;
    const result = compute(text);
    if (results.size < MAX_KEPT) results.set(text, result);
    return result;
  };
}
