import type { AttributeFacts, History } from "../../resources/facts/attribute.ts";
import type { TypeRecord } from "./record.ts";

type WrittenHistory = (readonly [since: string, facts: AttributeFacts | null])[];

/** Histories by type and path. */
export type Histories = ReadonlyMap<string, ReadonlyMap<string, History>>;

/** Adds releases, oldest first, to the histories of their types. */
export class HistoryBuilder {
  readonly #types = new Map<string, Map<string, WrittenHistory>>();
  readonly #written = new Map<WrittenHistory, string>();

  /** @param unreadable types that the release has, but whose schema is not known: they stay as they were */
  add(version: string, types: ReadonlyMap<string, TypeRecord>, unreadable: ReadonlySet<string>): void {
    for (const [type, record] of types) {
      const paths = this.#types.get(type) ?? new Map<string, WrittenHistory>();
      this.#types.set(type, paths);
      for (const [path, attribute] of record) this.#note(paths, path, version, attribute);
      for (const path of paths.keys()) if (!record.has(path)) this.#note(paths, path, version, null);
    }
    for (const [type, paths] of this.#types) {
      if (types.has(type) || unreadable.has(type)) continue;
      for (const path of paths.keys()) this.#note(paths, path, version, null);
    }
  }

  /** Whether an earlier release had the type. */
  has(type: string): boolean {
    return this.#types.has(type);
  }

  #note(
    paths: Map<string, WrittenHistory>,
    path: string,
    version: string,
    record: AttributeFacts | null,
  ): void {
    const history = paths.get(path) ?? [];
    paths.set(path, history);
    const written = JSON.stringify(record);
    if (this.#written.get(history) === written) return;
    this.#written.set(history, written);
    history.push([version, record]);
  }

  histories(): Histories {
    return this.#types;
  }
}

/** What differs from the base: paths whose history is another, and null for those that only the base has. */
export function differences(histories: Histories, base: Histories): Map<string, Map<string, History>> {
  const found = new Map<string, Map<string, History>>();
  for (const [type, paths] of histories) {
    const known = base.get(type);
    const other = [...paths].filter(
      ([path, history]) => JSON.stringify(history) !== JSON.stringify(known?.get(path)),
    );
    if (other.length > 0) found.set(type, new Map(other));
  }
  return found;
}
