import { dirname } from "node:path/posix";
import type { Repository, TreeFile } from "./git.ts";
import { Evaluator } from "./go-evaluate.ts";
import { type Expression, parseExpression } from "./go-expression.ts";
import { type GoFile, GoProgram, readGoFile } from "./go-package.ts";
import { typeRecord, Unreadable } from "./go-schema.ts";
import type { TypeRecord } from "./record.ts";

/** What one release knows of the resource types, and of which of them it could not be read. */
export interface Release {
  readonly version: string;
  readonly types: ReadonlyMap<string, TypeRecord>;
  readonly unreadable: ReadonlyMap<string, string>;
  /** The text of the file that defines a type. */
  readonly sources: ReadonlyMap<string, string>;
}

interface Registration {
  readonly folder: string;
  readonly schema: Expression;
}

/** A type's record with the files of the declarations that it came from: as long as they stay, so does the record. */
interface Evaluated {
  readonly dependencies: ReadonlyMap<string, string>;
  readonly record: TypeRecord | string;
}

/** Until 7.x the provider lists its types in a map: `"google_redis_instance": redis.ResourceRedisInstance(),`. */
const inMap = /"(google_\w+)":\s+(?=(?:\w+\.)?(?:[rR]esource|Resource)\w*\()/g;
/** From then on each file registers its own. */
const registered =
  /registry\.Schema\{[^}]*?Name:\s+"(google_\w+)"[^}]*?Type:\s+registry\.SchemaType(?:IAM)?Resource,[^}]*?Schema:\s+/g;

/** Types of the plugin framework, whose schemas are of another form: `resp.TypeName = req.ProviderTypeName + "_storage_notification"`. */
const ofFramework = /\.TypeName = \w+\.ProviderTypeName \+ "(_\w+)"/g;

/** Reads the releases of a provider's repository, oldest first: what did not change is not read again. */
export class ProviderCode {
  readonly #repository: Repository;
  #files = new Map<string, GoFile>();
  readonly #evaluated = new Map<string, Evaluated>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  release(revision: string, version: string): Release {
    const root = this.#repository.files(revision, "google").length > 0 ? "google" : "google-beta";
    const listed = this.#repository.files(revision, root).filter(({ path }) => isSchemaCode(path));
    this.#load(listed);
    const program = new GoProgram();
    for (const { path, hash } of listed) {
      const file = this.#files.get(hash);
      if (file !== undefined) program.add(dirname(path), file);
    }
    const [types, unreadable] = [new Map<string, TypeRecord>(), new Map<string, string>()];
    const sources = new Map<string, string>();
    const evaluator = new Evaluator(program);
    for (const [type, registration] of this.#registrations(listed)) {
      sources.set(type, sourceOf(registration, program));
      const record = this.#record(type, registration, program, evaluator);
      if (typeof record === "string") unreadable.set(type, record);
      else types.set(type, record);
    }
    for (const { hash } of listed)
      for (const [, name] of (this.#files.get(hash)?.text ?? "").matchAll(ofFramework))
        if (!types.has(`google${name}`))
          unreadable.set(`google${name}`, "its schema is one of the plugin framework");
    return { version, types, unreadable, sources };
  }

  #load(listed: readonly TreeFile[]): void {
    const missing = [...new Set(listed.map(({ hash }) => hash))].filter((hash) => !this.#files.has(hash));
    const before = this.#files;
    const texts = this.#repository.texts(missing);
    this.#files = new Map(
      listed.map(({ hash }) => [hash, before.get(hash) ?? readGoFile(texts.get(hash) ?? "")]),
    );
  }

  #registrations(listed: readonly TreeFile[]): Map<string, Registration> {
    const found = new Map<string, Registration>();
    for (const { path, hash } of listed) {
      const text = this.#files.get(hash)?.text ?? "";
      const form = text.includes("registry.Schema{")
        ? registered
        : /\/provider[^/]*\.go$/.test(path)
          ? inMap
          : undefined;
      if (form === undefined) continue;
      for (const match of text.matchAll(form)) {
        const schema = parseExpression(text, match.index + match[0].length);
        found.set(match[1] ?? "", { folder: dirname(path), schema });
      }
    }
    return found;
  }

  #record(
    type: string,
    { folder, schema }: Registration,
    program: GoProgram,
    evaluator: Evaluator,
  ): TypeRecord | string {
    const known = this.#evaluated.get(type);
    const written = JSON.stringify([folder, schema]);
    if (
      known !== undefined &&
      known.dependencies.get("") === written &&
      [...known.dependencies].every(([key, text]) => key === "" || fileOf(program, key) === text)
    )
      return known.record;
    const { value, used } = evaluator.tracked(schema, folder);
    let record: TypeRecord | string;
    try {
      record = typeRecord(value);
    } catch (problem) {
      if (!(problem instanceof Unreadable)) throw problem;
      record = problem.message;
    }
    const dependencies = new Map([...used].map((key) => [key, fileOf(program, key)]));
    this.#evaluated.set(type, { dependencies: dependencies.set("", written), record });
    return record;
  }
}

/** The file that declares the function which the registration calls. */
function sourceOf({ folder, schema }: Registration, program: GoProgram): string {
  if (schema.kind !== "call" || schema.of.kind !== "name") return "";
  const [first = "", second] = schema.of.name.split(".");
  if (second === undefined) return program.declaration(folder, first)?.text ?? "";
  return program.declaration(program.imported(folder, first) ?? "", second)?.text ?? "";
}

function isSchemaCode(path: string): boolean {
  return (
    path.endsWith(".go") && !/_(?:test|sweeper|sweeper_test)\.go$|\/data_source_[^/]*$|\/test\w*\//.test(path)
  );
}

/** The text of the file with a declaration, "folder.Name". */
function fileOf(program: GoProgram, key: string): string {
  const at = key.lastIndexOf(".");
  return program.declaration(key.slice(0, at), key.slice(at + 1))?.text ?? "";
}
