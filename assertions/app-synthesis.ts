import type { App, IStackSynthesizer, ISynthesisSession, TerraformStack, Tokenization } from "cdktf";
import type { TerraformDocument } from "../graph/index.ts";
import { withoutStackTraces } from "../values/without-stack-traces.ts";
import { plural } from "../values/words.ts";
import { withFastResolution } from "./fast-resolution.ts";
import { documentOf, StagedStacks, stacksOf } from "./staged-stacks.ts";

/** What a check refuses: nothing where there is no error. */
export interface CheckResult {
  readonly errors: number;
  /** Warnings that refuse the app too. @default 0 */
  readonly warnings?: number;
  /** What is wrong. */
  readonly text: string;
}

/** @param stacks the Terraform JSON of each, with what Aspects and overrides have made of it */
export type AppCheck = (stacks: readonly TerraformDocument[]) => CheckResult;

/** All errors of an app. It has no stack frames: they would name the code that checks, not what is to be changed. */
export class SynthesisError extends Error {
  constructor(issues: readonly string[], checked: CheckResult) {
    const { errors, warnings = 0, text } = checked;
    const counts = [plural(issues.length + errors, "error"), plural(warnings, "warning")];
    const count = counts.filter((part) => !part.startsWith("0 ")).join(" and ");
    const texts = isRefused(checked) ? [...issues, text] : issues;
    super([`Refused: ${count}. Nothing was written.`, ...texts].join("\n\n"));
    this.name = "SynthesisError";
    this.stack = `${this.name}: ${this.message}`;
  }
}

function isRefused({ errors, warnings = 0 }: CheckResult): boolean {
  return errors + warnings > 0;
}

/**
 * Synthesizes all stacks of an app before it writes the first one, so that what is wrong in any of them is reported at once,
 * and the output folder is then as it was. CDKTF by itself validates and writes one stack after the other.
 */
export class AppSynthesis {
  /** Undefined where what the app writes is checked by its caller: CDKTF then synthesizes as it does by itself. */
  check: AppCheck | undefined;
  /** That of the app's own CDKTF, as soon as a construct that imports it is in the app. */
  tokenization: typeof Tokenization | undefined;
  readonly #app: App;
  readonly #staging = new WeakSet<IStackSynthesizer>();
  readonly #guarded = new WeakSet<TerraformStack>();
  #staged: StagedStacks | undefined;

  constructor(app: App) {
    this.#app = app;
    const synth = app.synth.bind(app);
    app.synth = () => {
      // All of them before the first one is written, whenever they were made.
      for (const stack of stacksOf(app)) this.include(stack);
      if (this.check !== undefined && app.skipValidation !== true) this.#staged = new StagedStacks(app);
      try {
        withoutStackTraces(() => withFastResolution(this.tokenization, synth));
      } finally {
        this.#staged?.discard();
        this.#staged = undefined;
      }
    };
  }

  /** Does the work without the check, of which the caller makes one of its own. */
  unchecked<T>(work: () => T): T {
    const { check } = this;
    this.check = undefined;
    try {
      return work();
    } finally {
      this.check = check;
    }
  }

  /** Needed only where one stack is validated alone. */
  include(stack: TerraformStack): void {
    this.#guard(stack);
    const { synthesizer } = stack;
    if (this.#staging.has(synthesizer)) return;
    stack.synthesizer = { synthesize: (session) => this.#synthesize(stack, synthesizer, session) };
    this.#staging.add(stack.synthesizer);
    // For what validates one stack alone, as Testing.synth and Testing.fullSynth do.
    stack.node.addValidation({
      validate: () => {
        if (this.#staged !== undefined || this.check === undefined) return [];
        const checked = this.check([documentOf(stack)]);
        return isRefused(checked) ? [checked.text] : [];
      },
    });
  }

  #synthesize(stack: TerraformStack, synthesizer: IStackSynthesizer, session: ISynthesisSession): void {
    const { check } = this;
    const staged = this.#staged;
    if (check === undefined || staged === undefined || session.manifest !== this.#app.manifest) {
      synthesizer.synthesize(session);
      return;
    }
    staged.add(stack, synthesizer, session);
    if (!staged.isLast(stack)) return;
    const issues = [...staged.issues, ...staged.validations()];
    const checked = check(staged.documents);
    if (issues.length > 0 || isRefused(checked)) throw new SynthesisError(issues, checked);
    staged.publish();
  }

  /** What CDKTF does before it synthesizes the first stack, and in which it would stop at the first error. */
  #guard(stack: TerraformStack): void {
    if (this.#guarded.has(stack)) return;
    this.#guarded.add(stack);
    const prepare = stack.prepareStack.bind(stack);
    stack.prepareStack = () => {
      if (this.#staged === undefined) prepare();
      else this.#staged.prepare(stack, prepare);
    };
    const addDependency = stack.addDependency.bind(stack);
    stack.addDependency = (other) => {
      if (other.dependsOn(stack)) throw new Error(mutualDependency(stack, other));
      addDependency(other);
    };
  }
}

function mutualDependency(stack: TerraformStack, other: TerraformStack): string {
  const [one, two] = [stack.node.path, other.node.path];
  return `the stack ${one} would wait for the stack ${two}, which waits for ${one} already; rejected at synth: one of them must be applied first. Fix: Put what needs each other into one stack, or pass a name in place of a reference.`;
}
