import { plural } from "../../values/words.ts";
import { isObject, type Json, listOf, objectOf, own, stringsOf } from "../json.ts";
import { providerSource, type VersionConstraint } from "../provider-versions.ts";
import { withoutBraces } from "./body.ts";
import type { Relocation } from "./relocations.ts";

/** A file of a module as Terraform JSON, whether written as JSON or as HCL. */
export interface SourceFile {
  /** For people: the file, or the stack. */
  readonly origin: string;
  readonly json: unknown;
  /** Lines on which blocks begin, by their bodies, where the file has lines. */
  readonly lines?: ReadonlyMap<unknown, number>;
}

export interface DeclaredResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly body: Json;
  readonly origin: string;
}

/** A module as it is written, its files put together. */
export interface ModuleSource {
  readonly folder: string | undefined;
  readonly resources: readonly DeclaredResource[];
  /** "TYPE.NAME" of each `ephemeral` block: its values exist during one run and are never stored. */
  readonly ephemerals: ReadonlySet<string>;
  readonly variables: ReadonlyMap<string, Json>;
  readonly locals: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, Json>;
  readonly calls: ReadonlyMap<string, Json>;
  readonly providers: ReadonlyMap<string, readonly Json[]>;
  /** The sources of its providers by local name, where `required_providers` states them. */
  readonly providerSources: ReadonlyMap<string, string>;
  /** Configurations of providers that whoever calls it passes on: "google.us". */
  readonly configurationAliases: ReadonlySet<string>;
  /** What it requires of the versions of its providers. */
  readonly versionConstraints: readonly VersionConstraint[];
  readonly relocations: readonly Relocation[];
  /** What Terraform rejects and was not read, such as a second definition: one sentence each. */
  readonly rejected: readonly string[];
  /** What was assumed in reading it, one sentence each. */
  readonly notes: readonly string[];
  /** The modules that it calls, as far as they were read; otherwise why not. */
  readonly children: Map<string, ModuleSource | string>;
}

/** Puts the files of a module together. Override files come last and replace arguments. */
export function moduleSource(
  files: readonly SourceFile[],
  folder?: string,
  notes: readonly string[] = [],
): ModuleSource {
  const resources = new Map<string, DeclaredResource>();
  const named = {
    variable: new Map<string, Json>(),
    output: new Map<string, Json>(),
    module: new Map<string, Json>(),
  };
  const locals = new Map<string, unknown>();
  const ephemerals = new Set<string>();
  const origins = new Map<string, string>();
  const relocations: Relocation[] = [];
  const rejected = new Set<string>();
  /** False, and noted, where an earlier file defines the same; an override file is there to do so. */
  const defines = (what: string, origin: string, file: SourceFile): boolean => {
    const earlier = origins.get(what);
    if (earlier === undefined) origins.set(what, origin);
    if (earlier === undefined || isOverride(file)) return true;
    rejected.add(
      `${what} is defined in ${earlier} and again in ${origin}; rejected at plan: a module defines each name once. Only the first was read.`,
    );
    return false;
  };
  const providers = new Map<string, Json[]>();
  const required = new Map<string, unknown>();
  for (const file of inOrder(files)) {
    const json = objectOf(file.json);
    for (const what of unreadIn(file)) rejected.add(`${file.origin} ${what} It was not read.`);
    for (const resource of resourcesOf(file, json)) {
      const key = `${resource.mode === "data" ? "data." : ""}${resource.type}.${resource.name}`;
      if (!defines(key, resource.origin, file)) continue;
      const before = resources.get(key);
      resources.set(key, before === undefined ? resource : overridden(before, resource));
    }
    for (const [[type = "", name = ""]] of blocks(own(json, "ephemeral"), 2))
      if (defines(`ephemeral.${type}.${name}`, file.origin, file)) ephemerals.add(`${type}.${name}`);
    for (const kind of ["import", "moved", "removed"] as const)
      for (const [, body] of blocks(own(json, kind), 0))
        relocations.push({ kind, body, origin: file.origin });
    for (const section of ["variable", "output", "module"] as const) {
      for (const [[name = ""], body] of blocks(own(json, section), 1)) {
        if (defines(`${section} ${name}`, file.origin, file))
          named[section].set(name, { ...named[section].get(name), ...body });
      }
    }
    for (const [, body] of blocks(own(json, "locals"), 0)) {
      for (const [name, value] of Object.entries(body))
        if (name !== "//" && defines(`local ${name}`, file.origin, file)) locals.set(name, value);
    }
    for (const [[name = ""], body] of blocks(own(json, "provider"), 1)) {
      providers.set(name, [...(providers.get(name) ?? []), body]);
    }
    for (const [, body] of blocks(own(json, "terraform"), 0)) {
      for (const [, entries] of blocks(own(body, "required_providers"), 0))
        for (const [name, entry] of Object.entries(entries)) required.set(name, entry);
    }
  }
  return {
    folder,
    resources: [...resources.values()],
    ephemerals,
    variables: named.variable,
    outputs: named.output,
    calls: named.module,
    locals,
    providers,
    ...requirements(required, providers),
    relocations,
    rejected: [...rejected],
    notes,
    children: new Map(),
  };
}

/** The entries of `required_providers`, and the `version` that provider blocks had before there were any. */
function requirements(
  required: ReadonlyMap<string, unknown>,
  providers: ReadonlyMap<string, readonly Json[]>,
): Pick<ModuleSource, "providerSources" | "configurationAliases" | "versionConstraints"> {
  const configurationAliases = new Set<string>();
  const providerSources = new Map<string, string>();
  const versionConstraints: VersionConstraint[] = [];
  for (const [name, entry] of required) {
    const { source, version } = isObject(entry) ? entry : { source: undefined, version: entry };
    for (const alias of stringsOf(own(objectOf(entry), "configuration_aliases")))
      configurationAliases.add(withoutBraces(alias));
    providerSources.set(name, providerSource(typeof source === "string" ? source : name));
    for (const constraint of stringsOf(version))
      versionConstraints.push({ source: providerSources.get(name) ?? "", constraint });
  }
  for (const [name, bodies] of providers) {
    const source = providerSources.get(name) ?? providerSource(name);
    for (const body of bodies)
      for (const constraint of stringsOf(own(body, "version")))
        versionConstraints.push({ source, constraint });
  }
  return { providerSources, configurationAliases, versionConstraints };
}

function overridden(before: DeclaredResource, by: DeclaredResource): DeclaredResource {
  return { ...before, body: { ...before.body, ...by.body } };
}

/** Terraform's blocks, and OpenTofu's; `//` is a comment of JSON. */
const LABELS: { readonly [block: string]: number } = {
  "//": 0,
  action: 2,
  check: 1,
  data: 2,
  ephemeral: 2,
  import: 0,
  locals: 0,
  module: 1,
  moved: 0,
  output: 1,
  provider: 1,
  removed: 0,
  resource: 2,
  terraform: 0,
  variable: 1,
};

/** Override files last. A file of JSON may be a list of what would else be several files. */
function inOrder(files: readonly SourceFile[]): SourceFile[] {
  return [...files]
    .sort((a, b) => Number(isOverride(a)) - Number(isOverride(b)))
    .flatMap((file) =>
      Array.isArray(file.json) ? file.json.map((json: unknown) => ({ ...file, json })) : [file],
    );
}

/** What of a file is none of Terraform's blocks: "has ...; rejected at plan: ...". */
function unreadIn({ json }: SourceFile): string[] {
  if (!isObject(json)) return ["is a list of more than blocks; rejected at plan: each is an object."];
  return Object.entries(json).flatMap(([name, written]) => {
    const depth = Object.hasOwn(LABELS, name) ? LABELS[name] : undefined;
    if (depth === undefined)
      return [`has the block ${name}; rejected at plan: Terraform knows no block of that name.`];
    return name === "//" || isBlocks(written, depth)
      ? []
      : [
          `has ${name} without ${depth === 0 ? "a body" : `its ${plural(depth, "label")} and a body`}; rejected at plan: that is how the block is written.`,
        ];
  });
}

/** Whether nothing but bodies is under `depth` labels. */
function isBlocks(written: unknown, depth: number): boolean {
  return listOf(written).every(
    (item) =>
      isObject(item) &&
      (depth === 0 ||
        Object.entries(item).every(([label, inner]) => label === "//" || isBlocks(inner, depth - 1))),
  );
}

function isOverride(file: SourceFile): boolean {
  return /(?:^|[/_])override\.tf(?:\.json)?$/.test(file.origin);
}

function resourcesOf(file: SourceFile, json: Json): DeclaredResource[] {
  const found: (DeclaredResource & { line: number })[] = [];
  for (const mode of ["managed", "data"] as const) {
    for (const [[type = "", name = ""], body] of blocks(
      own(json, mode === "managed" ? "resource" : "data"),
      2,
    )) {
      const line = file.lines?.get(body) ?? 0;
      found.push({ mode, type, name, body, origin: line > 0 ? `${file.origin}:${line}` : file.origin, line });
    }
  }
  // Terraform JSON groups by type; reports follow the order of the file.
  return found.sort((a, b) => a.line - b.line);
}

/** The bodies under `depth` labels. JSON may write a list at any level. */
function blocks(
  written: unknown,
  depth: number,
  labels: readonly string[] = [],
): (readonly [readonly string[], Json])[] {
  return listOf(written).flatMap((item) => {
    if (!isObject(item)) return [];
    if (depth === 0) return [[labels, item] as const];
    return Object.entries(item).flatMap(([label, inner]) =>
      label === "//" ? [] : blocks(inner, depth - 1, [...labels, label]),
    );
  });
}
