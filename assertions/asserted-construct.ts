import { App, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { Block, type Value } from "../graph/index.ts";
import { type Constraint, evaluate, type Range } from "../resources/index.ts";
import { assertedApp } from "./asserted-app.ts";

/** Reads lists and records of props; refuses those that are known only at apply, and what is neither. */
export interface Readers {
  list<Item>(property: string, items: readonly Item[]): readonly Item[];
  entries<Value>(
    property: string,
    record: Readonly<Record<string, Value>>,
  ): readonly (readonly [name: string, value: Value])[];
}

/**
 * A construct that is checked when its app is synthesized: its values against the limits of Google Cloud and of the provider,
 * and how they fit to all other resources of the app. `app.synth()` reports the errors of all constructs at once, and then
 * writes nothing. `skipValidation` of the app skips it.
 */
export abstract class AssertedConstruct extends Construct {
  constructor(scope: Construct, id: string) {
    super(withFree(scope, id), id);
    const { root, path } = this.node;
    if (!App.isApp(root)) return;
    const { synthesis, paths } = assertedApp(root);
    paths.add(path);
    synthesis.tokenization = Tokenization;
    synthesis.include(TerraformStack.of(this));
  }

  /**
   * Reports, with all other errors of the app, a value from which no resource can be made: one that the resources would not
   * show. All others are left to the rules that judge the resources.
   */
  protected refuse(issue: string): void {
    this.node.addValidation({ validate: () => [issue] });
  }

  /** Whether the number of a property is known and within its bounds; refuses it otherwise. */
  protected isWithin(bounds: Range, value: number): boolean {
    if (Token.isUnresolved(value)) {
      this.#refuseToken(bounds.attribute);
      return false;
    }
    return this.holds(bounds, { [bounds.attribute]: Number.isFinite(value) ? value : String(value) });
  }

  /**
   * Refuses known properties that break a constraint, which the resources would not show; what is known only at apply is left
   * to Terraform.
   *
   * @param properties by their path: "startupProbe.period"
   */
  protected holds(constraint: Constraint, properties: Readonly<Record<string, unknown>>): boolean {
    const known = Object.entries(properties).filter(([, value]) => !Token.isUnresolved(value));
    const values: Record<string, Value> = {};
    for (const [path, value] of known) {
      const steps = path.split(".");
      const last = steps.pop() ?? "";
      const block = steps.reduce<Record<string, Value>>((outer, step) => {
        outer[step] ??= {};
        return outer[step] as Record<string, Value>;
      }, values);
      block[last] = value as Value;
    }
    const violations = [...evaluate(constraint, new Block(values))];
    for (const { message, fix } of violations) this.refuse(`${message} Fix: ${fix}`);
    return violations.length === 0;
  }

  /** Refuses a 0 where Google takes it for a value that is not written. */
  protected nonZero(numbers: Readonly<Record<string, number>>): void {
    for (const [name, number] of Object.entries(numbers))
      if (number === 0)
        this.refuse(
          `${name} is 0; fails at run time: a 0 counts as not written, and Google's default is in force. Fix: Set ${name} to 1 or more.`,
        );
  }

  /**
   * The items of a list, or the entries of a record, that become resources, each with a part for their ids: its name, or
   * its position where that is known only at apply. Refuses names that are there twice.
   */
  protected each<Item>(
    property: string,
    items: readonly Item[],
    nameOf: (item: Item) => string,
  ): (readonly [id: string, item: Item])[] {
    const seen = new Set<string>();
    return this.list(property, items).flatMap((item, index) => {
      const name = nameOf(item);
      const id = Token.isUnresolved(name) ? String(index + 1) : name;
      if (seen.has(id)) {
        this.refuse(
          `${property} contains "${id}" twice; rejected at plan: two resources would have one address. Fix: Remove one of them, or give it another name.`,
        );
        return [];
      }
      seen.add(id);
      return [[id, item] as const];
    });
  }

  /** The list, or an empty one where it is none, or known only at apply: JavaScript lets everything through. */
  protected list<Item>(property: string, items: readonly Item[]): readonly Item[] {
    if (Token.isUnresolved(items)) this.#refuseToken(property);
    else if (Array.isArray(items)) return items;
    else this.#refuseKind(property, items, "a list", '["first", "second"], or [] for none');
    return [];
  }

  /** The entries of a record, none where it is known only at apply. */
  protected entries<Value>(
    property: string,
    record: Readonly<Record<string, Value>>,
  ): (readonly [name: string, value: Value])[] {
    if (Token.isUnresolved(record)) this.#refuseToken(property);
    else if (typeof record === "object" && record !== null && !Array.isArray(record))
      return Object.entries(record);
    else this.#refuseKind(property, record, "an object", '{ NAME: "value" }, or {} for none');
    return [];
  }

  /** `list` and `entries`, for a function that reads props of several constructs. */
  protected readers(): Readers {
    return {
      list: (property, items) => this.list(property, items),
      entries: (property, record) => this.entries(property, record),
    };
  }

  #refuseKind(property: string, value: unknown, kind: string, example: string): void {
    const found = Array.isArray(value)
      ? "a list"
      : value === undefined
        ? "not set"
        : (JSON.stringify(value) ?? typeof value);
    this.refuse(`${property} is ${found}; rejected at synth: it must be ${kind}. Fix: Write ${example}.`);
  }

  #refuseToken(property: string): void {
    this.refuse(
      `${property} is known only at apply; rejected at synth: it decides which resources there are. Fix: Pass a value that is known at synth, for example from the context of the app.`,
    );
  }
}

/** @throws Error where the scope has a construct of the id already, of which a stack could have one alone */
function withFree(scope: Construct, id: string): Construct {
  if (scope.node.tryFindChild(id) === undefined) return scope;
  throw new Error(
    `${scope.node.path === "" ? "" : `${scope.node.path}/`}${id}: there is a construct of this path already; rejected at synth: its resources would have the same addresses. Fix: Give each construct of a scope an id of its own.`,
  );
}
