import type { ApiFacts } from "./discovery.ts";
import type { Histories } from "./history.ts";

/** Files in the form that resources/facts reads, by name: one line of JSON for each type, sorted. */
export function factFiles(
  histories: Histories,
  api: ReadonlyMap<string, ApiFacts>,
  imports: ReadonlyMap<string, readonly string[]>,
): Map<string, string> {
  const files = new Map<string, string>();
  for (const [type, paths] of [...histories].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const known = api.get(type);
    const formats = imports.get(type) ?? [];
    const line = JSON.stringify({
      type,
      ...(known === undefined ? {} : { api: known.api, kind: known.kind }),
      ...(formats.length > 0 ? { imports: formats } : {}),
      paths: Object.fromEntries([...paths].sort(([a], [b]) => (a < b ? -1 : 1))),
      ...(known === undefined || known.words.size === 0 ? {} : { words: Object.fromEntries(known.words) }),
    });
    const name = `${type.split("_")[1]}.jsonl`;
    files.set(name, `${files.get(name) ?? ""}${line}\n`);
  }
  return files;
}
