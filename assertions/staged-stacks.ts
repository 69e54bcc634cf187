import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { App, IStackSynthesizer, ISynthesisSession, Manifest, TerraformStack } from "cdktf";
import type { IConstruct, IValidation, Node } from "constructs";
import type { TerraformDocument } from "../graph/index.ts";
import { FailingParts, textOf } from "./failing-parts.ts";
import { lostNumbers } from "./lost-numbers.ts";

/** The stacks of one synthesis of an app, in a temporary folder until all of them are known to be right. */
export class StagedStacks {
  readonly documents: TerraformDocument[] = [];
  /** What was thrown in synthesizing the stacks, each with its construct path. */
  readonly issues: string[];
  readonly #failing = new FailingParts();
  /** Of those the rest is not judged: what refers to the missing part would be wrong as well. */
  readonly #failed = new Set<TerraformStack>();
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

  /** What CDKTF does with all stacks before it synthesizes the first: references between them become outputs. */
  prepare(stack: TerraformStack, prepareStack: () => void): void {
    this.#attempt(stack, prepareStack);
  }

  /** Validations are left to `validations`, which runs those of all stacks. */
  add(stack: TerraformStack, synthesizer: IStackSynthesizer, session: ISynthesisSession): void {
    const { outdir } = this.#manifest;
    this.#attempt(stack, () =>
      synthesizer.synthesize({ ...session, outdir, manifest: this.#manifest, skipValidation: true }),
    );
    if (!this.#failed.has(stack)) this.documents.push(this.#written(stack));
  }

  #attempt(stack: TerraformStack, step: () => void): void {
    const issues = this.#failing.issuesOf(stack, step);
    if (issues.length === 0) return;
    this.#failed.add(stack);
    this.issues.push(...issues.filter((issue) => !this.issues.includes(issue)));
  }

  #written(stack: TerraformStack): TerraformDocument {
    const { outdir, hclOutput } = this.#manifest;
    if (hclOutput) return documentOf(stack);
    const file = path.join(outdir, this.#manifest.forStack(stack).synthesizedStackPath);
    const text = readFileSync(file, "utf8");
    if (text.includes(": null")) this.issues.push(...lostNumbers(documentOf(stack)));
    return { origin: stack.node.path, json: JSON.parse(text) };
  }

  /** Runs the validations of every construct, Aspects having changed what they change. */
  validations(scope: IConstruct = this.#app): string[] {
    return scope.node
      .findAll()
      .flatMap(({ node }) => answersOf(node).map((answer) => `${node.path}: ${answer}`));
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
        move(path.join(from, folder, name), path.join(to, folder, name));
      }
    }
  }

  discard(): void {
    this.#failing.restore();
    rmSync(this.#manifest.outdir, { recursive: true, force: true });
  }
}

/** Temporary folders may be on another file system, and a folder replaces none that holds assets of earlier contents. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    rmSync(to, { recursive: true, force: true });
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

/** What the validations of a node say. One that throws hides the others in `validate`, so that each is then asked alone. */
function answersOf(node: Node): string[] {
  try {
    return node.validate().map(issueOf);
  } catch (error) {
    const { _validations: validations = [] } = node as unknown as { _validations?: readonly IValidation[] };
    const answers = validations.flatMap((validation) => {
      try {
        return [validation.validate()].flat().map(issueOf);
      } catch (problem) {
        return failureOf(problem);
      }
    });
    return answers.length > 0 ? answers : [failureOf(error)];
  }
}

function failureOf(problem: unknown): string {
  return `its validation failed: ${textOf(problem)}`;
}

function issueOf(returned: unknown): string {
  if (typeof returned === "string") return returned;
  return `its validation returned ${typeof returned}, and not a list of sentences. Fix: Return [] where nothing is wrong.`;
}
