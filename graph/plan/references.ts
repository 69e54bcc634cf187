import { objectOf, own, stringsOf } from "../json.ts";
import type { Reference } from "../value.ts";
import { allReferences, type PlannedModule, referencesOf } from "./configuration.ts";

/** Longer chains through module inputs and outputs do not occur in valid plans. */
const maxChain = 50;

/** The module instance, and the repeated resource if any, in which an expression is evaluated. */
export interface ExpressionScope {
  readonly module: PlannedModule;
  /** "" or `module.net["a"].`. */
  readonly prefix: string;
  /** The configuration of the resource or call whose `each` and `count` are meant. */
  readonly repeated: unknown;
}

/** Follows the references of a plan's configuration to resources, through module inputs and outputs. */
export class PlanReferences {
  readonly #known = new Map<string, readonly Reference[]>();

  resolve(written: readonly string[], scope: ExpressionScope, depth = 0): readonly Reference[] {
    if (depth > maxChain) return [];
    const most = [...new Set(written)].filter(
      (one) => !written.some((other) => other !== one && isWithin(other, one)),
    );
    const found = new Map<string, Reference>();
    for (const text of most) {
      for (const reference of this.#one(text, scope, depth))
        found.set(`${reference.address} ${reference.attribute}`, reference);
    }
    return [...found.values()];
  }

  /**
   * What an expression depends on in addition to the resources that it refers to: the modules whose outputs it takes, because an
   * output may have a `depends_on` of its own.
   */
  modules(written: readonly string[], scope: ExpressionScope, depth = 0): readonly string[] {
    if (depth > maxChain) return [];
    return written.flatMap((text) => {
      const called = /^module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?/.exec(text)?.[0];
      if (called !== undefined) return [scope.prefix + called];
      const { parent, call } = scope.module;
      const name = /^var\.([\w-]+)/.exec(text)?.[1];
      if (name === undefined || parent === undefined) return [];
      const outer = { module: parent, prefix: parentPrefix(scope.prefix), repeated: call };
      return this.modules(allReferences(own(objectOf(own(call, "expressions")), name)), outer, depth + 1);
    });
  }

  /** What the calls of the modules around a resource depend on. */
  ofCalls({ module, prefix }: ExpressionScope): readonly string[] {
    if (module.parent === undefined) return [];
    const outer = { module: module.parent, prefix: parentPrefix(prefix), repeated: undefined };
    const stated = stringsOf(own(module.call, "depends_on")).map((address) => outer.prefix + address);
    return [...stated, ...this.ofCalls(outer)];
  }

  #one(text: string, scope: ExpressionScope, depth: number): readonly Reference[] {
    const [head = ""] = text.split(".");
    // These are known at every plan, so that nothing unknown comes from them.
    if (["path", "terraform", "self", "count"].includes(head) || text === "each.key") return [];
    if (head === "each") return this.#repetition(scope, depth);
    const key = `${scope.prefix} ${text}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#follow(head, text, scope, depth);
    this.#known.set(key, found);
    return found;
  }

  #follow(head: string, text: string, scope: ExpressionScope, depth: number): readonly Reference[] {
    if (head === "var") return this.#variable(text, scope, depth);
    if (head === "module") return this.#output(text, scope, depth);
    const [, address = "", attribute = ""] =
      /^((?:data\.)?[\w-]+\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?)\.?(.*)$/s.exec(text) ?? [];
    return address === ""
      ? []
      : [{ address: scope.prefix + address, attribute: attribute.replace(/\[[^\]]*\]/g, "") }];
  }

  #repetition(scope: ExpressionScope, depth: number): readonly Reference[] {
    const { for_each_expression: each, count_expression: count } = objectOf(scope.repeated);
    return this.resolve(
      [...referencesOf(each), ...referencesOf(count)],
      { ...scope, repeated: undefined },
      depth + 1,
    );
  }

  #variable(text: string, scope: ExpressionScope, depth: number): readonly Reference[] {
    const { parent, call } = scope.module;
    const name = /^var\.([\w-]+)/.exec(text)?.[1] ?? "";
    if (parent === undefined) return [{ address: `var.${name}`, attribute: "" }];
    const outer = { module: parent, prefix: parentPrefix(scope.prefix), repeated: call };
    return this.resolve(allReferences(own(objectOf(own(call, "expressions")), name)), outer, depth + 1);
  }

  #output(text: string, scope: ExpressionScope, depth: number): readonly Reference[] {
    const [, name = "", index = "", output] =
      /^module\.([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?(?:\.([\w-]+))?/.exec(text) ?? [];
    const child = scope.module.child(name);
    if (child === undefined || output === undefined)
      return [{ address: `${scope.prefix}module.${name}${index}`, attribute: output ?? "" }];
    const expression = own(objectOf(own(child.outputs, output)), "expression");
    const inner = { module: child, prefix: `${scope.prefix}module.${name}${index}.`, repeated: undefined };
    return this.resolve(referencesOf(expression), inner, depth + 1);
  }
}

/** True where `longer` is `shorter` followed by an attribute or an index. */
function isWithin(longer: string, shorter: string): boolean {
  return longer.startsWith(shorter) && /^[.[]/.test(longer.slice(shorter.length));
}

function parentPrefix(prefix: string): string {
  return prefix.replace(/module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?\.$/, "");
}
