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

/** What the versions of the provider say of one path of a type. */
export class PathFacts {
  /** Dotted and without indexes; empty for the type itself. */
  readonly path: string;
  /** Its last step: "ssl_mode". */
  readonly name: string;
  readonly #type: TypeFacts;
  readonly #history: History;
  #periods: readonly Period[] | undefined;
  #knownPeriods: readonly Period[] | undefined;
  #stated: ReadonlySet<string> | undefined;
  #members: ReadonlyMap<string, PathFacts> | undefined;
  readonly #different = new Map<readonly string[], readonly AttributeFacts[]>();
  readonly #stating = new Map<readonly string[], readonly PathFacts[]>();
  /** Whether any version has the path. */
  readonly exists: boolean;
  /** The newest facts; undefined where no version has the path. */
  readonly newest: AttributeFacts | undefined;

  constructor(type: TypeFacts, path: string, history: History | undefined) {
    this.#type = type;
    this.path = path;
    this.name = path.slice(path.lastIndexOf(".") + 1);
    this.#history = history ?? [];
    this.exists = history !== undefined;
    this.newest = this.#history.findLast(([, facts]) => facts !== null)?.[1] ?? undefined;
  }

  /** What the versions say, oldest first: together the periods cover all versions. */
  get periods(): readonly Period[] {
    this.#periods ??= periodsOf(this.#history);
    return this.#periods;
  }

  /** The versions that have the path. */
  get knownPeriods(): readonly Period[] {
    this.#knownPeriods ??= this.periods.filter(({ facts }) => facts !== undefined);
    return this.#knownPeriods;
  }

  /** The facts of which versions differ in one of these, given as one list by all calls: `["type", "in"]`. */
  different(facts: readonly (keyof AttributeFacts)[]): readonly AttributeFacts[] {
    let different = this.#different.get(facts);
    if (different === undefined) {
      const all = this.#history.flatMap(([, known]) => known ?? []);
      different = [
        ...new Map(all.map((known) => [JSON.stringify(facts.map((fact) => known[fact])), known])).values(),
      ];
      this.#different.set(facts, different);
    }
    return different;
  }

  /** Whether some version states one of these facts: `["range"]`. */
  states(facts: readonly (keyof AttributeFacts)[]): boolean {
    this.#stated ??= new Set(this.#history.flatMap(([, known]) => Object.keys(known ?? {})));
    const stated = this.#stated;
    return facts.some((fact) => stated.has(fact));
  }

  /** The attribute or block of the name in this block, which no version may have. */
  member(name: string): PathFacts {
    this.#members ??= new Map(
      this.#type.names(this.path).map((each) => [each, this.#type.of(within(this.path, each))]),
    );
    return this.#members.get(name) ?? this.#type.of(within(this.path, name));
  }

  /** The attributes and blocks in this block of which some version states one of these facts, given as one list by all calls. */
  membersStating(facts: readonly (keyof AttributeFacts)[]): readonly PathFacts[] {
    let stating = this.#stating.get(facts);
    if (stating === undefined) {
      stating = this.#type
        .names(this.path)
        .map((name) => this.member(name))
        .filter((member) => member.states(facts));
      this.#stating.set(facts, stating);
    }
    return stating;
  }
}

function within(block: string, name: string): string {
  return block === "" ? name : `${block}.${name}`;
}

function periodsOf(history: History): Period[] {
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
  readonly #paths = new Map<string, PathFacts>();

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

  /** What the versions say of the path. */
  of(path: string): PathFacts {
    let facts = this.#paths.get(path);
    if (facts === undefined) {
      // Own names only: an attribute may be called "valueOf".
      facts = new PathFacts(this, path, this.has(path) ? this.#line.paths[path] : undefined);
      this.#paths.set(path, facts);
    }
    return facts;
  }

  /** What one version ("8.0.0") says of the path; undefined where it does not have it. */
  at(path: string, version: string): AttributeFacts | undefined {
    return this.of(path).periods.find((period) => VersionRange.of(period).allows(version))?.facts;
  }

  /** The names of the attributes and blocks in a block, of all versions. */
  names(block: string): readonly string[] {
    this.#names ??= namesByBlock(Object.keys(this.#line.paths));
    return this.#names.get(block) ?? [];
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
