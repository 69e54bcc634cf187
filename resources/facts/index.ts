import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { type Validity, VersionRange } from "../versions.ts";
import type { AttributeFacts, FactLine, History } from "./attribute.ts";

export type { AttributeFacts } from "./attribute.ts";

/** The oldest release that the facts are from; what it has counts as there from the beginning. */
export const OLDEST_PROVIDER = "4.0.0";

/** Facts with the versions in which they hold. */
export interface Period extends Validity {
  /** Undefined where these versions do not have the attribute. */
  readonly facts: AttributeFacts | undefined;
}

/**
 * What the provider's own code says of a resource type, release by release. Paths are dotted and without indexes
 * ("settings.ip_configuration.ssl_mode"); "" is the type itself. `id` and `timeouts`, which Terraform makes, are not among them.
 */
export class TypeFacts {
  readonly type: string;
  /** The API behind it as discovery documents are named ("redis.v1"), and the name of the object in it ("Instance"). */
  readonly api: string | undefined;
  readonly kind: string | undefined;
  /** The ids that `terraform import` takes, the longest first: "projects/{{project}}/topics/{{name}}". */
  readonly importFormats: readonly string[];
  readonly #line: FactLine;
  #names: Map<string, string[]> | undefined;
  readonly #periods = new Map<string, readonly Period[]>();
  readonly #known = new Map<string, readonly Period[]>();
  readonly #stated = new Map<string, ReadonlySet<keyof AttributeFacts>>();
  readonly #typed = new Map<string, readonly AttributeFacts[]>();
  readonly #newest = new Map<string, AttributeFacts | undefined>();
  readonly #paths = new Map<string, ReadonlyMap<string, string>>();
  readonly #namesWith = new Map<readonly string[], Map<string, readonly string[]>>();

  constructor(line: FactLine) {
    this.type = line.type;
    this.api = line.api;
    this.kind = line.kind;
    this.importFormats = line.imports ?? [];
    this.#line = line;
  }

  /** Whether any version has the path. */
  has(path: string): boolean {
    return Object.hasOwn(this.#line.paths, path);
  }

  /** What the versions say of the path, oldest first: together the periods cover all versions. */
  periods(path: string): readonly Period[] {
    let periods = this.#periods.get(path);
    if (periods === undefined) {
      periods = this.#periodsOf(path);
      this.#periods.set(path, periods);
    }
    return periods;
  }

  /** What one version ("8.0.0") says of the path; undefined where it does not have it. */
  at(path: string, version: string): AttributeFacts | undefined {
    return this.periods(path).find((period) => VersionRange.of(period).allows(version))?.facts;
  }

  #periodsOf(path: string): readonly Period[] {
    const history = this.#history(path);
    const [first] = history;
    const isOld = first !== undefined && first[0] === OLDEST_PROVIDER;
    const before: Period[] = isOld
      ? []
      : [{ ...(first === undefined ? {} : { until: first[0] }), facts: undefined }];
    const known = history.map(([since, facts], index): Period => {
      const until = history[index + 1]?.[0];
      return {
        ...(index === 0 && isOld ? {} : { since }),
        ...(until === undefined ? {} : { until }),
        facts: facts ?? undefined,
      };
    });
    return [...before, ...known];
  }

  /** Own names only: an attribute may be called "valueOf". */
  #history(path: string): History {
    return this.has(path) ? (this.#line.paths[path] ?? []) : [];
  }

  /** Whether some version states one of these facts of the path: `["range"]`. */
  states(path: string, facts: readonly (keyof AttributeFacts)[]): boolean {
    let stated = this.#stated.get(path);
    if (stated === undefined) {
      stated = new Set(
        this.#history(path).flatMap(([, known]) => Object.keys(known ?? {})) as (keyof AttributeFacts)[],
      );
      this.#stated.set(path, stated);
    }
    return facts.some((fact) => stated.has(fact));
  }

  /** The versions that have the path. */
  knownPeriods(path: string): readonly Period[] {
    let known = this.#known.get(path);
    if (known === undefined) {
      known = this.periods(path).filter(({ facts }) => facts !== undefined);
      this.#known.set(path, known);
    }
    return known;
  }

  /** What versions say of the path's type, each once. */
  typed(path: string): readonly AttributeFacts[] {
    let typed = this.#typed.get(path);
    if (typed === undefined) {
      const types = this.knownPeriods(path).flatMap(({ facts }) => facts ?? []);
      typed = [
        ...new Map(
          types.map((facts) => [[facts.type, facts.in, facts.nested, facts.fraction].join(), facts]),
        ).values(),
      ];
      this.#typed.set(path, typed);
    }
    return typed;
  }

  /** The newest facts of the path; undefined where no version has it. */
  newest(path: string): AttributeFacts | undefined {
    let newest = this.#newest.get(path);
    if (newest === undefined && this.has(path)) {
      newest = this.periods(path).findLast(({ facts }) => facts !== undefined)?.facts;
      this.#newest.set(path, newest);
    }
    return newest;
  }

  /** The path of an attribute or block in a block; of those that some version has always the same text, by which it is found. */
  within(block: string, name: string): string {
    if (block === "") return name;
    let paths = this.#paths.get(block);
    if (paths === undefined) {
      paths = new Map(this.names(block).map((each) => [each, `${block}.${each}`]));
      this.#paths.set(block, paths);
    }
    return paths.get(name) ?? `${block}.${name}`;
  }

  /** The names of the attributes and blocks in a block, of all versions. */
  names(block: string): readonly string[] {
    this.#names ??= namesByBlock(Object.keys(this.#line.paths));
    return this.#names.get(block) ?? [];
  }

  /** Those of them of which some version states one of these facts, given as one list by all calls: `["required"]`. */
  namesWith(block: string, facts: readonly (keyof AttributeFacts)[]): readonly string[] {
    const byBlock = this.#namesWith.get(facts) ?? new Map<string, readonly string[]>();
    this.#namesWith.set(facts, byBlock);
    const names =
      byBlock.get(block) ?? this.names(block).filter((name) => this.states(this.within(block, name), facts));
    byBlock.set(block, names);
    return names;
  }

  /** The words that the API has for an enumeration; undefined where it has none or the field is not known. */
  apiWords(path: string): readonly string[] | undefined {
    const words = this.#line.words ?? {};
    return Object.hasOwn(words, path) ? words[path] : undefined;
  }

  /** The project, region, zone and so on within which a resource of the type is: the variables of its id without its last one. */
  get scope(): readonly string[] {
    const [longest = ""] = this.importFormats;
    return [...longest.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).slice(0, -1);
  }

  /** The word before the name in its id ("topics"); undefined where the id has none. */
  get collection(): string | undefined {
    return /([^/{}]+)\/\{\{\w+\}\}$/.exec(this.importFormats[0] ?? "")?.[1];
  }
}

function namesByBlock(paths: readonly string[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    if (path === "") continue;
    const at = path.lastIndexOf(".");
    const block = path.slice(0, Math.max(at, 0));
    names.set(block, [...(names.get(block) ?? []), path.slice(at + 1)]);
  }
  return names;
}

type Provider = "google" | "google-beta";

const texts = new Map<string, Buffer | undefined>();
const known = new Map<string, TypeFacts | undefined>();

/** The facts of a resource type of hashicorp/google, or with `provider` of hashicorp/google-beta; undefined where no version has it. */
export function factsOf(type: string, provider: Provider = "google"): TypeFacts | undefined {
  const key = `${provider} ${type}`;
  if (!known.has(key)) known.set(key, read(type, provider));
  return known.get(key);
}

/** What google-beta has in common with the general provider is stated once, there. */
function read(type: string, provider: Provider): TypeFacts | undefined {
  const general = lineOf("google", type);
  const more = provider === "google-beta" ? lineOf("google-beta", type) : undefined;
  const line = general ?? more;
  return line === undefined
    ? undefined
    : new TypeFacts({ ...line, paths: { ...line.paths, ...more?.paths } });
}

/** Types are in one file for each first word after "google_", one line each; only the lines that are wanted are parsed. */
function lineOf(provider: Provider, type: string): FactLine | undefined {
  const word = /^google_([a-z0-9]+)/.exec(type)?.[1];
  if (word === undefined) return undefined;
  const file = path.join(import.meta.dirname, provider, `${word}.jsonl`);
  if (!texts.has(file)) texts.set(file, textOf(file));
  const text = texts.get(file);
  const start = text?.indexOf(`{"type":"${type}",`) ?? -1;
  if (text === undefined || start < 0) return undefined;
  return JSON.parse(text.toString("utf8", start, text.indexOf("\n", start))) as FactLine;
}

/** Packed with the verifier the files are compressed. */
function textOf(file: string): Buffer | undefined {
  if (existsSync(file)) return readFileSync(file);
  return existsSync(`${file}.br`) ? brotliDecompressSync(readFileSync(`${file}.br`)) : undefined;
}
