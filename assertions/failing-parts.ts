import type { IAspect, TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** What CDKTF asks an element for. */
const QUESTIONS = ["toTerraform", "toHclTerraform", "toMetadata"] as const;
type Questions = { [question in (typeof QUESTIONS)[number]]?: () => object };

/**
 * Finds the elements and Aspects of stacks that throw in their synthesis, so that one does not hide the others: CDKTF itself
 * stops at the first.
 */
export class FailingParts {
  readonly #changes = new Changes();

  /**
   * What is thrown in a step of the synthesis of a stack, one text each, with its construct path. After an error the step is
   * done again, until nothing else throws in it: elements that throw are left out of what follows, until `restore`.
   */
  issuesOf(stack: TerraformStack, step: () => void): string[] {
    const first = thrownBy(step);
    if (first === undefined) return [];
    const issues = new Set<string>();
    const guards = new Changes();
    guardAspects(stack, guards, issues);
    try {
      this.#findElements(stack, step, first, issues);
    } finally {
      guards.restore();
    }
    return [...issues];
  }

  restore(): void {
    this.#changes.restore();
  }

  #findElements(stack: TerraformStack, step: () => void, first: Thrown, issues: Set<string>): void {
    const last = this.#watchElements(stack);
    const failed = new Set<TerraformElement>();
    for (;;) {
      Object.assign(last, { asked: undefined });
      const error = thrownBy(step);
      const { asked } = last;
      if (error !== undefined && asked !== undefined && !failed.has(asked)) {
        failed.add(asked);
        issues.add(`${asked.node.path}: ${textOf(error.value)}`);
        for (const question of QUESTIONS) this.#changes.replace(asked as Questions, question, () => ({}));
        continue;
      }
      if (error !== undefined || issues.size === 0)
        issues.add(`${stack.node.path}: ${textOf((error ?? first).value)}`);
      return;
    }
  }

  /** Notes which element CDKTF has asked last: it resolves an answer before it asks the next one. */
  #watchElements(stack: TerraformStack): { asked: TerraformElement | undefined } {
    const last: { asked: TerraformElement | undefined } = { asked: undefined };
    for (const element of stack.node.findAll().filter(isElement)) {
      const questions: Questions = element;
      for (const question of QUESTIONS) {
        const answer = questions[question]?.bind(element);
        if (answer === undefined) continue;
        this.#changes.replace(questions, question, () => {
          last.asked = element;
          return answer();
        });
      }
    }
    // Overrides of the stack come after its last element.
    const { rawOverrides } = stack as unknown as { rawOverrides: object };
    this.#changes.define(stack, "rawOverrides", {
      get: () => {
        last.asked = undefined;
        return rawOverrides;
      },
    });
    return last;
  }
}

function guardAspects(stack: TerraformStack, guards: Changes, issues: Set<string>): void {
  for (const aspect of new Set(stack.node.findAll().flatMap(aspectsOf))) {
    const visit = aspect.visit.bind(aspect);
    guards.replace(aspect, "visit", (construct) => {
      const error = thrownBy(() => visit(construct));
      if (error !== undefined)
        issues.add(`${construct.node.path}: an Aspect failed at it: ${textOf(error.value)}`);
    });
  }
}

/** Those of CDKTF's `Aspects.of`; without importing CDKTF, of which an app may use a fork. */
function aspectsOf(construct: IConstruct): readonly IAspect[] {
  const key = Object.getOwnPropertySymbols(construct).find(
    ({ description }) => description === "cdktf-aspects",
  );
  if (key === undefined) return [];
  return (construct as unknown as Record<symbol, { readonly all: readonly IAspect[] }>)[key]?.all ?? [];
}

function isElement(construct: IConstruct): construct is TerraformElement {
  return "toTerraform" in construct && "toMetadata" in construct;
}

/** Changes of properties that are taken back. */
class Changes {
  readonly #restore: (() => void)[] = [];

  replace<T extends object, Key extends keyof T & string>(
    object: T,
    key: Key,
    value: NonNullable<T[Key]>,
  ): void {
    if (Object.isExtensible(object)) this.define(object, key, { value, writable: true });
  }

  define(object: object, key: string, property: PropertyDescriptor): void {
    const before = Object.getOwnPropertyDescriptor(object, key);
    Object.defineProperty(object, key, { ...property, configurable: true, enumerable: false });
    this.#restore.push(() => {
      if (before === undefined) Reflect.deleteProperty(object, key);
      else Object.defineProperty(object, key, before);
    });
  }

  restore(): void {
    for (const restore of this.#restore.splice(0).reverse()) restore();
  }
}

interface Thrown {
  readonly value: unknown;
}

function thrownBy(step: () => void): Thrown | undefined {
  try {
    step();
    return undefined;
  } catch (value) {
    return { value };
  }
}

/** What was thrown, without what CDKTF adds about its own code, and in one sentence where a construct stands for a value. */
export function textOf(thrown: unknown): string {
  const whole = (thrown instanceof Error ? thrown.message : String(thrown)).trim();
  const [, text = whole] =
    /^(?:Resolution error: )+(.*?)\.?\s*(?:Object creation stack:.*)?$/s.exec(whole) ?? [];
  const [, place] =
    /^Unable to resolve object tree with circular reference at '\/resource\/\w+\/[^/]+\/(.*?)\/node\//.exec(
      text,
    ) ?? [];
  if (place === undefined) return text;
  return `${place.replaceAll("/", ".")} is a construct, and not a value; rejected at synth. Fix: Pass one of its values, for example network.resource.id of a VpcNetwork; from another stack of the app, too.`;
}
