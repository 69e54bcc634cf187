/**
 * A query of a dashboard with something of the same length in the place of its variables, so that the positions in it stay:
 * `${cluster}` is a matcher, `${cluster.value}` a value, and `$__interval` the time between two points.
 *
 * @see https://docs.cloud.google.com/monitoring/dashboards/filter-permanent
 */
export function withoutVariables(query: string): string {
  let result = "";
  // The same with nothing in quotes: what is there is any text already, and no bracket.
  let context = "";
  let done = 0;
  for (const { 0: found, index } of query.matchAll(VARIABLES_AND_QUOTES)) {
    const between = query.slice(done, index);
    context += between;
    const instead = found.startsWith("$") ? inPlaceOf(found, context) : found;
    result += between + instead;
    context += found.startsWith("$") ? instead : found.startsWith("#") ? "" : '""';
    done = index + found.length;
  }
  return result + query.slice(done);
}

const VARIABLES_AND_QUOTES =
  /"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|`[^`]*(?:`|$)|#[^\n]*|\$\{[\w.]+\}|\$[a-zA-Z_]\w*/gs;

/** @param before the query up to the variable */
function inPlaceOf({ length }: string, before: string): string {
  const previous = /(\S)\s*$/.exec(before.slice(-100))?.[1] ?? "";
  const isOpen = (open: string, close: string): boolean =>
    before.lastIndexOf(open) > before.lastIndexOf(close);
  if (isOpen("[", "]") || /(?:\boffset\s*-?|@)\s*$/i.test(before.slice(-100))) return "1".padEnd(length, "0");
  if (previous === "=" || previous === "~") return '""'.padEnd(length);
  if (isOpen("{", "}") && (previous === "{" || previous === ","))
    return (length < 4 ? '""' : 'a=""').padEnd(length);
  return "a".repeat(length);
}
