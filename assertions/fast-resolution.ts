import type { Tokenization } from "cdktf";

type Library = Pick<typeof Tokenization, "resolve">;

/**
 * Does the work while CDKTF resolves values by their kind. By itself it makes a context for each of them and searches each text for
 * five forms of tokens, three times for each stack, although few values hold any: a third of a synth. What may hold a token is left
 * to CDKTF, and so is everything after an error, whose text has the path of the value.
 *
 * @param library the class of the app's own CDKTF; undefined where it is not known, and CDKTF then works as by itself
 */
export function withFastResolution<T>(library: Library | undefined, work: () => T): T {
  if (library === undefined) return work();
  const { resolve } = library;
  library.resolve = (value, options) => {
    try {
      return resolved(value, (part) => resolve.call(library, part, options));
    } catch {
      return resolve.call(library, value, options);
    }
  };
  try {
    return work();
  } finally {
    library.resolve = resolve;
  }
}

/** What CDKTF makes of a value: a copy without what is undefined, in which tokens are replaced. */
function resolved(value: unknown, byCdktf: (part: unknown) => unknown): unknown {
  if (value === null || value === undefined || isPlainScalar(value)) return value;
  if (Array.isArray(value))
    return value.every((item) => typeof item === "object" || isPlainScalar(item))
      ? value.map((item) => resolved(item, byCdktf)).filter((item) => item !== undefined)
      : byCdktf(value);
  if (typeof value !== "object" || !isPlainObject(value)) return byCdktf(value);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (!isPlainScalar(key)) return byCdktf(value);
    const found = resolved(item, byCdktf);
    if (found !== undefined) copy[key] = found;
  }
  return copy;
}

/** No token itself, and no construct or other object with methods. */
function isPlainObject(value: object): value is Record<string, unknown> {
  return Object.getPrototypeOf(value) === Object.prototype && !("resolve" in value);
}

/** The marker of tokens in texts; and the numbers of which CDKTF makes tokens, as they are written in texts. */
const TOKEN = /TfToken\[|e\+?2\d\d|Map Token Value/;
/** Numbers that are tokens are beyond it. */
const MAX_PLAIN = 1e100;
/** Stands for a map of numbers. */
const NUMBER_MAP_TOKEN = -123_456_789;

function isPlainScalar(value: unknown): boolean {
  if (typeof value === "string") return !TOKEN.test(value);
  if (typeof value === "number") return Math.abs(value) < MAX_PLAIN && value !== NUMBER_MAP_TOKEN;
  return typeof value === "boolean";
}
