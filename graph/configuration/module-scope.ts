import type { Scope } from "../expression/evaluate.ts";
import { Derived, Failure, unknownOf } from "../expression/values.ts";
import { collectTexts } from "../sensitive.ts";
import { Unknown, unevaluated, type Value } from "../value.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Expansion, Repetition } from "./expansion.ts";

/** What an expression may refer to by name in its module. */
export interface NamedValues {
  variable(name: string): Value;
  local(name: string): Value;
  /** `path.module`, `path.root` or `path.cwd`. */
  path(which: string | undefined): Value;
  resource(mode: "managed" | "data", type: string, name: string): Value;
  /** What an `ephemeral` block opens. */
  ephemeral(type: string, name: string): Value;
  /** The outputs of a module that is called. */
  call(name: string): Value;
}

/** Resolves names in a module, and in one instance of a resource or module call within it. */
export class ModuleScope implements Scope {
  readonly #module: NamedValues;
  readonly #evaluation: Evaluation;
  readonly #repetition: Repetition | undefined;
  readonly #kind: Expansion["kind"];

  constructor(
    module: NamedValues,
    evaluation: Evaluation,
    kind: Expansion["kind"] = "one",
    repetition?: Repetition,
  ) {
    this.#module = module;
    this.#evaluation = evaluation;
    this.#kind = kind;
    this.#repetition = repetition;
  }

  lookup(name: string, attributes: readonly string[]): { value: Value; used: number } {
    const [first, second] = attributes;
    if (name === "path") return { value: this.#module.path(first), used: 1 };
    if (name === "terraform") return { value: unevaluated("the workspace is not known"), used: 1 };
    if (name === "resource") return this.lookup(first ?? "", attributes.slice(1));
    if (first === undefined) return { value: new Failure(`${name} is no value`), used: 0 };
    if (name === "var") return { value: this.#module.variable(first), used: 1 };
    if (name === "local") return { value: this.#module.local(first), used: 1 };
    if (name === "module") return { value: this.#module.call(first), used: 1 };
    if (name === "each" || name === "count") return { value: this.#repeated(name, first), used: 1 };
    if (name === "data" || name === "ephemeral") {
      if (second === undefined) return { value: new Failure(`${name}.${first} is no value`), used: 2 };
      const value =
        name === "data"
          ? this.#module.resource("data", first, second)
          : this.#module.ephemeral(first, second);
      return { value, used: 2 };
    }
    return { value: this.#module.resource("managed", name, first), used: 1 };
  }

  attribute(value: Unknown, name: string): Value {
    const [reference] = value.references;
    if (value instanceof Failure || value instanceof Derived) return value;
    if (reference === undefined || value.references.length > 1 || value.parts.length > 0)
      return unknownOf([value]);
    const { address, attribute } = reference;
    const referable = attribute === "" ? this.#evaluation.referables.get(address) : undefined;
    if (referable === undefined)
      return new Unknown(
        [{ address, attribute: attribute === "" ? name : `${attribute}.${name}` }],
        value.why,
        [],
        value.cause,
      );
    this.#evaluation.refer([address]);
    const found = referable.attribute(name);
    // What is only made of the whole may be a part of it: an element of for_each.
    return found instanceof Failure && !this.#evaluation.wholes.has(value) ? unknownOf([value]) : found;
  }

  readFile(path: string): string | undefined {
    return this.#evaluation.files.text(path);
  }

  readBytes(path: string): Buffer | undefined {
    return this.#evaluation.files.bytes(path);
  }

  hasFile(path: string): boolean | undefined {
    return this.#evaluation.files.has(path);
  }

  listFiles(folder: string): readonly string[] | undefined {
    return this.#evaluation.files.below(folder);
  }

  isSensitive(value: Value): boolean {
    return this.#evaluation.isSensitive(value);
  }

  spend(work: number): boolean {
    return this.#evaluation.spend(work);
  }

  markSensitive(value: Value): void {
    collectTexts(value, this.#evaluation.sensitive);
  }

  note(sentence: string): void {
    this.#evaluation.notes.add(sentence);
  }

  giveUp(reason: string): Unknown {
    return this.#evaluation.giveUp(reason);
  }

  #repeated(name: "each" | "count", attribute: string): Value {
    const repetition = this.#repetition;
    if (repetition === undefined || this.#kind === "one")
      return new Failure(`${name}.${attribute} has no meaning here`);
    return attribute === "value" ? repetition.value : repetition.key;
  }
}
