import { App, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { Block, type Value } from "../graph/index.ts";
import { evaluate, type Range } from "../resources/index.ts";
import { assertedApp } from "./asserted-app.ts";

/**
 * A construct that is checked when its app is synthesized: its values against the limits of Google Cloud and of the provider,
 * and how they fit to all other resources of the app. `app.synth()` reports the errors of all constructs at once, and then
 * writes nothing. `skipValidation` of the app skips it.
 */
export abstract class AssertedConstruct extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { root, path } = this.node;
    if (!App.isApp(root)) return;
    const { synthesis, paths } = assertedApp(root);
    paths.add(path);
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
    const written = Number.isFinite(value) ? value : String(value);
    const props = bounds.attribute
      .split(".")
      .reduceRight<Value>((inner, step) => ({ [step]: inner }), written);
    const violations = [...evaluate(bounds, new Block(props as { readonly [key: string]: Value }))];
    for (const { message, fix } of violations) this.refuse(`${message} Fix: ${fix}`);
    return violations.length === 0;
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
    if (Token.isUnresolved(items)) {
      this.#refuseToken(property);
      return [];
    }
    const seen = new Set<string>();
    return items.flatMap((item, index) => {
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

  /** The entries of a record, none where it is known only at apply. */
  protected entries<Value>(
    property: string,
    record: Readonly<Record<string, Value>>,
  ): (readonly [name: string, value: Value])[] {
    if (!Token.isUnresolved(record)) return Object.entries(record);
    this.#refuseToken(property);
    return [];
  }

  #refuseToken(property: string): void {
    this.refuse(
      `${property} is known only at apply; rejected at synth: it decides which resources there are. Fix: Pass a value that is known at synth, for example from the context of the app.`,
    );
  }
}
