import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import type { Json } from "./synthesized.ts";

/** What a synthesis of another team's app comes to. */
export interface Outcome {
  /** What it threw; empty where it threw nothing. */
  readonly error: string;
  /** The files that it wrote, relative to its output folder. */
  readonly files: readonly string[];
  /** Terraform JSON of each stack that was written. */
  readonly stacks: Readonly<Record<string, Json>>;
}

/** A stack with its provider, as any app has it; with `version`, of a newer release than that of the classes. */
export function stackOf(app: App, id: string, version?: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new GoogleProvider(stack, "google", { project: "acme-project", region: "europe-west1" });
  if (version !== undefined) stack.addOverride("terraform.required_providers.google.version", version);
  return stack;
}

/** Synthesizes an app that has no environment file, into a temporary folder. */
export function synthesize(build: (app: App) => unknown): Outcome {
  const outdir = mkdtempSync(path.join(os.tmpdir(), "other-team-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    build(app);
    const error = errorOf(() => app.synth());
    const files = readdirSync(outdir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(outdir, path.join(entry.parentPath, entry.name)));
    const json = (stack: string) => path.join(outdir, "stacks", stack, "cdk.tf.json");
    const written = app.node.children.map(({ node }) => node.id).filter((id) => existsSync(json(id)));
    const stacks = Object.fromEntries(written.map((id) => [id, JSON.parse(readFileSync(json(id), "utf8"))]));
    return { error, files: files.sort(), stacks };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The message, without stack frames; empty where nothing is thrown. */
export function errorOf(run: () => unknown): string {
  try {
    run();
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
