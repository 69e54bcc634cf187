import type { LogEntry } from "./series.ts";

const SEVERITIES = ["DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL"];

/** Whether a log entry is in the filter: comparisons joined by AND, alternatives in parentheses joined by OR. */
export function logMatches(filter: string, { entry }: LogEntry): boolean {
  return split(filter, " AND ").every((term) => {
    const group = /^\((.*)\)$/.exec(term);
    return group === null
      ? comparison(term, entry)
      : split(group[1] ?? "", " OR ").some((alternative) => comparison(alternative, entry));
  });
}

function comparison(term: string, entry: unknown): boolean {
  const match = /^([\w.]+)(=|:|>=)(.+)$/.exec(term);
  if (match === null) throw new Error(`cannot read "${term}" of a log filter`);
  const [, path = "", operator, wanted = ""] = match;
  const found = field(entry, path);
  if (wanted === "*") return found !== undefined && found !== null;
  if (found === undefined || found === null) return false;
  if (operator === ">=") return SEVERITIES.indexOf(String(found)) >= SEVERITIES.indexOf(wanted);
  const list = /^\((.*)\)$/.exec(wanted);
  const values = (list === null ? [wanted] : split(list[1] ?? "", " OR ")).map((text) =>
    text.replace(/^"(.*)"$/, "$1"),
  );
  return values.some((value) =>
    operator === "=" ? String(found) === value : String(found).toLowerCase().includes(value.toLowerCase()),
  );
}

export function field(entry: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], entry);
}

/** EXTRACT(jsonPayload.field) of an entry; empty where it is not there. */
export function extract(extractor: string, entry: unknown): string {
  const path = /^EXTRACT\((.+)\)$/.exec(extractor)?.[1];
  if (path === undefined) throw new Error(`cannot read the extractor ${extractor}`);
  const value = field(entry, path);
  return value === undefined || value === null ? "" : String(value);
}

/** At the separator, outside of quotes and parentheses. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const sign = text[index];
    if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === "(") depth++;
    else if (!quoted && sign === ")") depth--;
    else if (!quoted && depth === 0 && text.startsWith(separator, index)) {
      parts.push(text.slice(start, index));
      start = index + separator.length;
      index = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}
