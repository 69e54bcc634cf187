import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { memoize } from "../analysis/memoize.ts";
import type { Graph } from "../graph/index.ts";
import { graphFromTerraformJson } from "../graph/index.ts";
import { externalResources } from "../platform/external-resources.ts";
import type { Environment } from "../platform/schema/environment.ts";
import { type AnyEnvironment, isMesh } from "../platform/schema/mesh.ts";
import { unwritable } from "../platform/unwritable.ts";
import type { OwnStacks } from "../stacks/own-stacks.ts";
import { platformApp } from "../stacks/platform-app.ts";
import { withoutStackTraces } from "../values/without-stack-traces.ts";

/** A synthesized output, not yet published. */
export interface Synthesis {
  /** Temporary folder that holds the whole output. */
  readonly folder: string;
  /** Stacks in order of deployment, with the environment each belongs to. */
  readonly stacks: readonly SynthesizedStack[];
  /** The resource graph of one environment, read back from the JSON that Terraform will read. */
  readonly graph: (environment: AnyEnvironment) => Graph;
}

export interface SynthesizedStack {
  readonly name: string;
  readonly resources: number;
  /** Names of the stacks that are deployed before. */
  readonly dependencies: readonly string[];
  readonly json: TerraformJson;
}

/** A stack as Terraform reads it. */
interface TerraformJson {
  /** Resources by type and name. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [block: string]: unknown;
}

interface StackManifest {
  readonly name: string;
  readonly synthesizedStackPath: string;
  readonly dependencies: readonly string[];
}

/**
 * Synthesizes into a temporary folder, so that nothing is written where Terraform would find it before the rules
 * have read it. Overrides and escape hatches are in that JSON like everything else.
 */
export async function synthesize(
  environments: readonly AnyEnvironment[],
  own: OwnStacks = {},
): Promise<Synthesis> {
  const folder = temporaryFolder();
  try {
    const meshes = environments.filter(isMesh);
    // Loaded where it is needed only: the models of Kubernetes cost as much as the rest of a small synthesis.
    const mesh = meshes.length > 0 ? await import("../stacks/mesh-stack.ts") : undefined;
    withoutStackTraces(() => {
      const app = platformApp(
        environments.filter((environment): environment is Environment => !isMesh(environment)),
        folder,
        own,
      );
      mesh?.addMeshStacks(app, meshes);
      app.synth();
    });
    return readSynthesis(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw isFileError(error) ? unwritable(`temporary folder ${folder}`, error, TEMPORARY) : error;
  }
}

const TEMPORARY = "free some space in it, or set TMPDIR to another";

function temporaryFolder(): string {
  try {
    return mkdtempSync(path.join(os.tmpdir(), "synth-"));
  } catch (error) {
    throw unwritable(`temporary folder ${os.tmpdir()}`, error, TEMPORARY);
  }
}

/** A full disk or a missing permission, not a defect. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

export function readSynthesis(folder: string): Synthesis {
  const manifest = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8")) as {
    stacks: Record<string, StackManifest>;
  };
  const documents = inDeploymentOrder(Object.values(manifest.stacks)).map((stack) => ({
    origin: stack.name,
    dependencies: stack.dependencies,
    json: JSON.parse(readFileSync(path.join(folder, stack.synthesizedStackPath), "utf8")) as TerraformJson,
  }));
  return {
    folder,
    stacks: documents.map(({ origin, dependencies, json }) => ({
      name: origin,
      dependencies,
      json,
      resources: Object.values(json.resource ?? {}).reduce(
        (sum, byName) => sum + Object.keys(byName).length,
        0,
      ),
    })),
    graph: memoize((environment: AnyEnvironment) =>
      graphFromTerraformJson(
        documents.filter(({ origin }) => belongsTo(origin, environment)),
        { whole: true, external: externalResources(environment) },
      ),
    ),
  };
}

/** Whether a stack is one of the environment's: prefixes have no hyphen, so none is a prefix of another. */
export function belongsTo(stack: string, { prefix }: Pick<AnyEnvironment, "prefix">): boolean {
  return stack.startsWith(`${prefix}-`);
}

/** Each stack after those that it depends on; otherwise as the manifest has them. */
function inDeploymentOrder(stacks: readonly StackManifest[]): StackManifest[] {
  const ordered = new Set<StackManifest>();
  const add = (stack: StackManifest): void => {
    for (const name of stack.dependencies) {
      const earlier = stacks.find((candidate) => candidate.name === name);
      if (earlier !== undefined) add(earlier);
    }
    ordered.add(stack);
  };
  for (const stack of stacks) add(stack);
  return [...ordered];
}

export function discard(synthesis: Synthesis): void {
  rmSync(synthesis.folder, { recursive: true, force: true });
}
