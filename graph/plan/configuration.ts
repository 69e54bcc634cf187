import { isObject, type Json, listOf, objectOf, own, stringsOf } from "../json.ts";

/** A module in the `configuration` of a plan: expressions are only lists of what they refer to. */
export class PlannedModule {
  readonly parent: PlannedModule | undefined;
  /** The call in the parent. */
  readonly call: Json;
  readonly outputs: Json;
  readonly #resources = new Map<string, Json>();
  readonly #children = new Map<string, PlannedModule>();

  constructor(module: Json, call: Json = {}, parent?: PlannedModule, depth = 0) {
    this.parent = parent;
    this.call = call;
    this.outputs = objectOf(own(module, "outputs"));
    for (const item of listOf(own(module, "resources"))) {
      const resource = objectOf(item);
      this.#resources.set(
        `${resource.mode === "data" ? "data." : ""}${resource.type}.${resource.name}`,
        resource,
      );
    }
    if (depth > 100) return;
    for (const [name, child] of Object.entries(objectOf(own(module, "module_calls")))) {
      const body = objectOf(child);
      this.#children.set(name, new PlannedModule(objectOf(own(body, "module")), body, this, depth + 1));
    }
  }

  /** By `type.name` or `data.type.name`. */
  resource(key: string): Json | undefined {
    return this.#resources.get(key);
  }

  child(name: string): PlannedModule | undefined {
    return this.#children.get(name);
  }

  /** The module at an address with indexes: `module.net["a"].module.sub`. */
  at(address: string): PlannedModule | undefined {
    let module: PlannedModule | undefined = this;
    for (const [, name = ""] of address.matchAll(
      /(?:^|\.)module\.([\w-]+)(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/g,
    )) {
      module = module?.child(name);
    }
    return module;
  }
}

/** What the expression refers to; empty for a constant. */
export function referencesOf(expression: unknown): string[] {
  return stringsOf(own(objectOf(expression), "references"));
}

/** All that the expressions in a body refer to, at any depth. */
export function allReferences(expressions: unknown, found: string[] = [], depth = 0): string[] {
  if (depth > 100) return found;
  if (Array.isArray(expressions)) for (const item of expressions) allReferences(item, found, depth + 1);
  else if (isObject(expressions)) {
    if (isLeaf(expressions)) found.push(...referencesOf(expressions));
    else for (const item of Object.values(expressions)) allReferences(item, found, depth + 1);
  }
  return found;
}

/** True for the expression of an argument, false for the body of a block. */
export function isLeaf(expression: unknown): boolean {
  return (
    isObject(expression) &&
    (Array.isArray(expression.references) ||
      "constant_value" in expression ||
      Object.keys(expression).length === 0)
  );
}

/** The constant that an argument is; undefined where it refers to something. */
export function constantOf(expression: unknown): unknown {
  const leaf = objectOf(expression);
  return referencesOf(leaf).length > 0 ? undefined : own(leaf, "constant_value");
}
