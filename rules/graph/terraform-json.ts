import { Block, type Reference, Resource, Unknown, type Value } from "./graph.ts";
import type { Graph, GraphOptions } from "./index.ts";
import { ResourceGraph } from "./resource-graph.ts";

/** One document of Terraform JSON, and where it comes from (stack, file). */
export interface TerraformDocument {
  readonly origin: string;
  readonly json: unknown;
}

type Json = { readonly [key: string]: unknown };

const metaArguments = new Set(["//", "count", "depends_on", "for_each", "provider"]);

/** The graph of Terraform JSON documents, each one a root module of its own. */
export function graphFromTerraformJson(
  documents: readonly TerraformDocument[],
  options: GraphOptions = {},
): Graph {
  return new ResourceGraph(
    documents.flatMap((document) => read(document)),
    options,
  );
}

function read(document: TerraformDocument): Resource[] {
  const json = object(document.json);
  const scope = new Scope(json);
  const resources: Resource[] = [];
  for (const mode of ["managed", "data"] as const) {
    for (const [type, named] of Object.entries(object(json[mode === "managed" ? "resource" : "data"]))) {
      for (const [name, written] of Object.entries(object(named))) {
        for (const body of list(written))
          resources.push(scope.resource(mode, type, name, object(body), document.origin));
      }
    }
  }
  return resources;
}

/** The names that expressions of one module may use. */
class Scope {
  readonly #json: Json;
  readonly #busy = new Set<string>();

  constructor(json: Json) {
    this.#json = json;
  }

  resource(mode: "managed" | "data", type: string, name: string, body: Json, origin: string): Resource {
    const dependsOn = new Set(list(body.depends_on).filter((address) => typeof address === "string"));
    const dependencies = new Set(dependsOn);
    const values: Record<string, Value> = {};
    for (const [key, value] of Object.entries(body)) {
      if (!metaArguments.has(key)) values[key] = this.value(value, dependencies);
    }
    const metadata = object(object(body["//"]).metadata);
    return new Resource({
      address: `${mode === "data" ? "data." : ""}${type}.${name}`,
      mode,
      type,
      name,
      path: typeof metadata.path === "string" ? metadata.path : null,
      origin,
      values,
      dependencies,
      dependsOn,
      provider: this.#provider(type, body.provider),
    });
  }

  value(written: unknown, dependencies: Set<string>): Value {
    if (typeof written === "string") return this.#text(written, dependencies);
    if (Array.isArray(written)) return written.map((item) => this.value(item, dependencies));
    if (typeof written === "object" && written !== null) {
      return Object.fromEntries(
        Object.entries(written).flatMap(([key, item]) =>
          key === "//" ? [] : [[key, this.value(item, dependencies)]],
        ),
      );
    }
    return typeof written === "number" || typeof written === "boolean" ? written : null;
  }

  #text(text: string, dependencies: Set<string>): Value {
    const pieces = text.split(/(\$\{[^{}]*\})/).filter((piece) => piece !== "");
    const parts = pieces.map((piece): Value => {
      const inner = /^\$\{\s*(.*?)\s*\}$/.exec(piece)?.[1];
      return inner === undefined ? piece : this.#reference(inner, dependencies);
    });
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    if (parts.every((part) => typeof part === "string" || typeof part === "number")) return parts.join("");
    const known = parts.map((part) => (part instanceof Unknown ? part : String(part)));
    const unknown = known.filter((part) => part instanceof Unknown);
    return new Unknown(
      unknown.flatMap((part) => part.references),
      unknown[0]?.why ?? "known after apply",
      known,
    );
  }

  #reference(expression: string, dependencies: Set<string>): Value {
    if (this.#busy.has(expression)) return new Unknown([], `${expression} refers to itself`);
    this.#busy.add(expression);
    try {
      return this.#resolve(expression, dependencies);
    } finally {
      this.#busy.delete(expression);
    }
  }

  #resolve(expression: string, dependencies: Set<string>): Value {
    const [head = "", name = "", ...rest] = expression.split(".");
    if (head === "var") {
      const variable = object(object(this.#json.variable)[name]);
      return "default" in variable
        ? this.value(variable.default, dependencies)
        : new Unknown([{ address: `var.${name}`, attribute: "" }], `variable ${name} has no default`);
    }
    if (head === "local") {
      const value = object(this.#json.locals)[name];
      return value === undefined
        ? new Unknown([], `local ${name} is not defined`)
        : this.value(value, dependencies);
    }
    const isData = head === "data";
    const [type, label, path] = isData ? [name, rest[0] ?? "", rest.slice(1)] : [head, name, rest];
    if (!/^[a-z0-9_]+$/.test(type) || label === "") return new Unknown([], "the expression is not evaluated");
    const address = `${isData ? "data." : ""}${type}.${label}`;
    dependencies.add(address);
    const written = object(list(object(object(this.#json[isData ? "data" : "resource"])[type])[label])[0]);
    const reference: Reference = { address, attribute: path.join(".") };
    const own = path.length === 1 && !isData ? written[path[0] ?? ""] : undefined;
    return own === undefined ? new Unknown([reference], "known after apply") : this.value(own, dependencies);
  }

  #provider(type: string, alias: unknown): Block {
    const name = typeof alias === "string" ? alias.replace(/^\$\{\s*|\s*\}$/g, "") : type.split("_")[0];
    const [local = "", wanted] = (name ?? "").split(".");
    const found = list(object(this.#json.provider)[local])
      .map(object)
      .find((settings) => settings.alias === wanted);
    return new Block(object(this.value(found ?? {}, new Set())) as { [key: string]: Value });
  }
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
