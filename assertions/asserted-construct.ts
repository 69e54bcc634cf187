import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
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

  /** Reports, with all other errors of the app, a value from which the construct cannot make resources. */
  protected refuse(issue: string): void {
    this.node.addValidation({ validate: () => [issue] });
  }
}
