import type { App, ISynthesisSession, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { TerraformDocument } from "../graph/index.ts";
import { UserError } from "../platform/user-error.ts";
import { synthesisOf } from "./asserted-app.ts";
import { StagedStacks, stacksOf } from "./staged-stacks.ts";

/** Stacks as `app.synth()` would write them, without writing any. */
export interface SynthesizedStacks {
  readonly documents: readonly TerraformDocument[];
  /** Why a stack could not be synthesized, one text each. */
  readonly failures: readonly string[];
  /** What the validations of their constructs say, one text each. */
  readonly issues: readonly string[];
}

/**
 * @param scope a stack, or an app with all its stacks
 * @throws UserError where it is none of an app
 */
export function synthesizedStacks(scope: IConstruct): SynthesizedStacks {
  const app = scope.node.root as App;
  const stacks = stacksOf(scope);
  if (stacks.length === 0 || app.manifest === undefined)
    throw new UserError(
      `${scope.node.path || "The app"} has no stack: give an App, or a TerraformStack of an App, for example of Testing.app().`,
    );
  return synthesisOf(app).unchecked(() => stage(scope, app, stacks));
}

function stage(scope: IConstruct, app: App, stacks: readonly TerraformStack[]): SynthesizedStacks {
  const staged = new StagedStacks(app);
  // cdktn asks for it, and CDKTF does not know it.
  const session = { outdir: "", manifest: app.manifest, skipValidation: true, stacksPrepared: true };
  try {
    // References between stacks make outputs in the others.
    for (const stack of stacksOf(app)) staged.prepare(stack, () => stack.prepareStack());
    for (const stack of stacks) staged.add(stack, stack.synthesizer, session satisfies ISynthesisSession);
    return { documents: staged.documents, failures: staged.issues, issues: staged.validations(scope) };
  } finally {
    staged.discard();
  }
}
