import type { App, IStackSynthesizer, ISynthesisSession, TerraformStack } from "cdktf";
import type { TerraformDocument } from "../graph/index.ts";
import { documentOf, StagedStacks, stacksOf } from "./staged-stacks.ts";

/**
 * What is wrong with the stacks, one text each.
 *
 * @param stacks the Terraform JSON of each, with what Aspects and overrides have made of it
 */
export type AppCheck = (stacks: readonly TerraformDocument[]) => readonly string[];

/** All errors of an app. It has no stack frames: they would name the code that checks, not what is to be changed. */
export class SynthesisError extends Error {
  constructor(issues: readonly string[]) {
    const count = issues.length === 1 ? "1 error" : `${issues.length} errors`;
    super([`Refused: ${count}. Nothing was written.`, ...issues].join("\n\n"));
    this.name = "SynthesisError";
    this.stack = `${this.name}: ${this.message}`;
  }
}

/**
 * Synthesizes all stacks of an app before it writes the first one, so that what is wrong in any of them is reported at once,
 * and the output folder is then as it was. CDKTF by itself validates and writes one stack after the other.
 */
export class AppSynthesis {
  /** Undefined where what the app writes is checked by its caller: CDKTF then synthesizes as it does by itself. */
  check: AppCheck | undefined;
  readonly #app: App;
  readonly #staging = new WeakSet<IStackSynthesizer>();
  #staged: StagedStacks | undefined;

  constructor(app: App) {
    this.#app = app;
    for (const stack of stacksOf(app)) this.include(stack);
  }

  /** Needed for stacks that are made later than the first use: those before them are not written until all are right. */
  include(stack: TerraformStack): void {
    const { synthesizer } = stack;
    if (this.#staging.has(synthesizer)) return;
    stack.synthesizer = { synthesize: (session) => this.#synthesize(stack, synthesizer, session) };
    this.#staging.add(stack.synthesizer);
    // For what validates one stack alone, as Testing.synth and Testing.fullSynth do.
    stack.node.addValidation({
      validate: () => (this.#staged === undefined ? [...(this.check?.([documentOf(stack)]) ?? [])] : []),
    });
  }

  #synthesize(stack: TerraformStack, synthesizer: IStackSynthesizer, session: ISynthesisSession): void {
    const { check } = this;
    if (check === undefined || session.skipValidation === true || session.manifest !== this.#app.manifest) {
      synthesizer.synthesize(session);
      return;
    }
    const staged = this.#staged ?? this.#begin();
    staged.add(stack, synthesizer, session);
    if (!staged.isLast(stack)) return;
    try {
      const issues = [...staged.issues, ...staged.validations(), ...check(staged.documents)];
      if (issues.length > 0) throw new SynthesisError(issues);
      staged.publish();
    } finally {
      staged.discard();
      this.#staged = undefined;
    }
  }

  #begin(): StagedStacks {
    for (const stack of stacksOf(this.#app)) this.include(stack);
    this.#staged = new StagedStacks(this.#app);
    return this.#staged;
  }
}
