import type { App } from "cdktf";
import { AppSynthesis } from "./app-synthesis.ts";
import { ruleCheck } from "./rule-check.ts";

/** An app with the paths of the constructs in it that are checked. */
interface AssertedApp {
  readonly synthesis: AppSynthesis;
  readonly paths: Set<string>;
}

const apps = new WeakMap<App, AssertedApp>();

export function assertedApp(app: App): AssertedApp {
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
  return assertedApp(app).synthesis;
}
