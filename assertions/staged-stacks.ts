import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { App, IStackSynthesizer, ISynthesisSession, Manifest, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { TerraformDocument } from "../graph/index.ts";

/** The stacks of one synthesis of an app, in a temporary folder until all of them are known to be right. */
export class StagedStacks {
  readonly documents: TerraformDocument[] = [];
  /** What was thrown in synthesizing a stack, with its path. */
  readonly issues: string[];
  readonly #app: App;
  readonly #stacks: readonly TerraformStack[];
  readonly #manifest: Manifest;

  constructor(app: App) {
    this.#app = app;
    this.#stacks = stacksOf(app);
    this.issues = repeatedIds(this.#stacks);
    const folder = mkdtempSync(path.join(os.tmpdir(), "cdktf-"));
    // The class of the app's own library, which may be a fork of CDKTF.
    const { constructor: ManifestOfApp, version, hclOutput } = app.manifest;
    this.#manifest = new (ManifestOfApp as typeof Manifest)(version, folder, hclOutput);
  }

  /** Whether the app synthesizes no stack after this one. */
  isLast(stack: TerraformStack): boolean {
    return stack === this.#stacks.at(-1);
  }

  /** Validations are left to `validations`, which runs those of all stacks. */
  add(stack: TerraformStack, synthesizer: IStackSynthesizer, session: ISynthesisSession): void {
    const { outdir } = this.#manifest;
    try {
      synthesizer.synthesize({ ...session, outdir, manifest: this.#manifest, skipValidation: true });
      this.documents.push(this.#written(stack));
    } catch (error) {
      this.issues.push(`${stack.node.path}: ${textOf(error)}`);
    }
  }

  #written(stack: TerraformStack): TerraformDocument {
    const { outdir, hclOutput } = this.#manifest;
    if (hclOutput) return documentOf(stack);
    const file = path.join(outdir, this.#manifest.forStack(stack).synthesizedStackPath);
    return { origin: stack.node.path, json: JSON.parse(readFileSync(file, "utf8")) };
  }

  /** Runs the validations of every construct, Aspects having changed what they change. */
  validations(scope: IConstruct = this.#app): string[] {
    return scope.node.findAll().flatMap((construct) => {
      try {
        return construct.node.validate().map((text) => `${construct.node.path}: ${text}`);
      } catch (error) {
        return `${construct.node.path}: its validation failed: ${textOf(error)}`;
      }
    });
  }

  /** Writes what CDKTF would have written. */
  publish(): void {
    const { outdir: from } = this.#manifest;
    const { outdir: to } = this.#app.manifest;
    for (const stack of this.#stacks) {
      const staged = this.#manifest.forStack(stack);
      Object.assign(this.#app.manifest.forStack(stack), staged);
      const folder = staged.workingDirectory;
      mkdirSync(path.join(to, folder), { recursive: true });
      for (const name of readdirSync(path.join(from, folder))) {
        // Assets of earlier contents would stay in it otherwise.
        rmSync(path.join(to, folder, name), { recursive: true, force: true });
        move(path.join(from, folder, name), path.join(to, folder, name));
      }
    }
  }

  discard(): void {
    rmSync(this.#manifest.outdir, { recursive: true, force: true });
  }
}

/** Temporary folders may be on another file system. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    cpSync(from, to, { recursive: true });
  }
}

export function stacksOf(scope: IConstruct): TerraformStack[] {
  return scope.node.findAll().filter(isStack);
}

/** What `TerraformStack.isStack` asks; without importing CDKTF, of which an app may use a fork. */
function isStack(construct: IConstruct): construct is TerraformStack {
  return Symbol.for("cdktf/TerraformStack") in construct;
}

/** The Terraform JSON of one stack as it is now. */
export function documentOf(stack: TerraformStack): TerraformDocument {
  return { origin: stack.node.path, json: stack.toTerraform() };
}

/** CDKTF writes each stack into the folder of its id, which only stacks of one scope have for themselves. */
function repeatedIds(stacks: readonly TerraformStack[]): string[] {
  return stacks.flatMap(({ node }, index) => {
    const first = stacks.findIndex((stack) => stack.node.id === node.id);
    if (first === index) return [];
    return `${node.path}: its id "${node.id}" is that of the stack ${stacks[first]?.node.path}, which is written into the same folder; the later one would replace it. Fix: give each stack of the app an id of its own.`;
  });
}

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim();
}
