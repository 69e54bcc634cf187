import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { apiMapping, apiWords, type DiscoveryDocument } from "./api.ts";
import { Repository } from "./git.ts";

/** What the API says of a type. */
export interface ApiFacts {
  readonly api: string;
  readonly kind: string;
  /** The words of enumerations by path. */
  readonly words: ReadonlyMap<string, readonly string[]>;
}

/**
 * The enumerations of the APIs behind the types, by type: the words of all versions of an API together.
 * @param revision the release whose metadata says which field of the API a path is
 * @param folder the folder of discovery documents
 */
export function apiFacts(provider: string, revision: string, folder: string): Map<string, ApiFacts> {
  const repository = new Repository(provider);
  const files = repository.files(revision, "google").filter(({ path }) => path.endsWith("_meta.yaml"));
  const texts = repository.texts(files.map(({ hash }) => hash));
  const documents = documentsOf(folder);
  const found = new Map<string, ApiFacts>();
  for (const { hash } of files) {
    const mapping = apiMapping(texts.get(hash) ?? "");
    if (mapping === undefined) continue;
    const words = new Map<string, readonly string[]>();
    for (const document of documents(mapping.api))
      for (const [field, more] of apiWords(mapping, document))
        words.set(field, [...new Set([...(words.get(field) ?? []), ...more])]);
    found.set(mapping.type, { api: mapping.api, kind: mapping.kind, words });
  }
  return found;
}

/** The documents of all versions of an API ("redis.v1"), that version's own first; each is read once. */
function documentsOf(folder: string): (api: string) => readonly DiscoveryDocument[] {
  const names = readdirSync(folder);
  const read = new Map<string, DiscoveryDocument>();
  return (api) => {
    const service = api.slice(0, api.indexOf(".") + 1);
    const versions = names.filter((name) => name.startsWith(service) && /^[^.]+\.[^.]+\.json$/.test(name));
    const own = `${api}.json`;
    return versions
      .sort((a, b) => Number(b === own) - Number(a === own))
      .map((name) => {
        const document =
          read.get(name) ?? (JSON.parse(readFileSync(path.join(folder, name), "utf8")) as DiscoveryDocument);
        read.set(name, document);
        return document;
      });
  };
}
