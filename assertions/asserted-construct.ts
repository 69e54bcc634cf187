import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AppSynthesis } from "./app-synthesis.ts";
import { ruleCheck } from "./rule-check.ts";

/** An app with the paths of the constructs in it that are checked. */
interface Asserted {
  readonly synthesis: AppSynthesis;
  readonly paths: Set<string>;
}

const apps = new WeakMap<App, Asserted>();

function assertedOf(app: App): Asserted {
  const known = apps.get(app);
  if (known !== undefined) return known;
  const paths = new Set<string>();
  const made = { synthesis: new AppSynthesis(app), paths };
  made.synthesis.check = ruleCheck((path) => ancestors(path).some((ancestor) => paths.has(ancestor)));
  apps.set(app, made);
  return made;
}

/** "a/b/c": "a/b" and "a". */
function ancestors(path: string): string[] {
  const steps = path.split("/");
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join("/"));
}

/**
 * The synthesis of the app, to give it another check: one that judges all resources of the app in place of the one that
 * judges only those of its constructs, or none where the caller of `synth` checks what it writes.
 */
export function synthesisOf(app: App): AppSynthesis {
  return assertedOf(app).synthesis;
}

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
    const { synthesis, paths } = assertedOf(root);
    paths.add(path);
    synthesis.include(TerraformStack.of(this));
  }

  /** Reports, with all other errors of the app, a value from which the construct cannot make resources. */
  protected refuse(issue: string): void {
    this.node.addValidation({ validate: () => [issue] });
  }
}
