import { Repository } from "./git.ts";
import { type Histories, HistoryBuilder } from "./history.ts";
import { importFormats } from "./imports.ts";
import { ProviderCode } from "./provider-release.ts";
import type { TypeRecord } from "./record.ts";

export interface Releases {
  readonly histories: Histories;
  /** The formats of ids by type, from the newest release. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** The revision that was read last. */
  readonly newest: string;
}

/** The oldest major version that is read. */
const OLDEST = 4;

/**
 * Every minor release of the provider in the folder, from 4.0.0 on.
 * @param next revisions of releases without a tag, by version
 * @param schemas what `terraform providers schema -json` says of a version; it adds the types whose code is of another form
 */
export function readReleases(
  folder: string,
  next: ReadonlyMap<string, string>,
  schemas: ReadonlyMap<string, ReadonlyMap<string, TypeRecord>>,
  progress: (line: string) => void,
): Releases {
  const repository = new Repository(folder);
  const code = new ProviderCode(repository);
  const builder = new HistoryBuilder();
  const revisions = [...minorReleases(repository.tags()), ...next];
  let imports = new Map<string, readonly string[]>();
  for (const [version, revision] of revisions) {
    const release = code.release(revision, version);
    const types = new Map(release.types);
    for (const [type, record] of schemas.get(version) ?? [])
      if (!types.has(type) && !(release.unreadable.has(type) && builder.has(type))) types.set(type, record);
    builder.add(version, types, new Set(release.unreadable.keys()));
    imports = new Map([...release.sources].map(([type, text]) => [type, importFormats(text)]));
    progress(`${version}: ${types.size} types, ${release.unreadable.size} not readable`);
  }
  return { histories: builder.histories(), imports, newest: revisions.at(-1)?.[1] ?? "" };
}

/** "v6.50.0" as ["6.50.0", "v6.50.0"], in the order of their release. */
export function minorReleases(tags: readonly string[]): [version: string, tag: string][] {
  const numbered = tags.flatMap((tag) => {
    const [, major, minor] = /^v(\d+)\.(\d+)\.0$/.exec(tag) ?? [];
    return major === undefined || Number(major) < OLDEST
      ? []
      : [{ tag, major: Number(major), minor: Number(minor) }];
  });
  numbered.sort((a, b) => a.major - b.major || a.minor - b.minor);
  return numbered.map(({ tag, major, minor }) => [`${major}.${minor}.0`, tag]);
}
