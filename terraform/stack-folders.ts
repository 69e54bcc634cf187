import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

/** One synthesized stack as Terraform finds it. */
export interface StackFolder {
  readonly name: string;
  /** Absolute path of the folder that holds its cdk.tf.json. */
  readonly folder: string;
  /** Names of the stacks that are applied before. */
  readonly dependencies: readonly string[];
  /** Values of its Terraform variables, which have no defaults. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** SHA-256 of its Terraform JSON: what a plan was made of. */
  readonly hash: string;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly workingDirectory: string;
        readonly synthesizedStackPath: string;
        readonly dependencies: readonly string[];
      }
    >
  >;
}

/** The synthesized stacks of an output folder, each after those that it depends on. */
export function stackFolders(output: string, isOurs: (stack: string) => boolean): StackFolder[] {
  const { stacks } = JSON.parse(readFileSync(path.join(output, "manifest.json"), "utf8")) as Manifest;
  const folders = Object.values(stacks)
    .filter(({ name }) => isOurs(name))
    .map(({ name, workingDirectory, synthesizedStackPath, dependencies }) => ({
      name,
      folder: path.resolve(output, workingDirectory),
      dependencies: dependencies.filter(isOurs),
      hash: fileHash(path.join(output, synthesizedStackPath)),
    }));
  return inOrder(folders);
}

/** SHA-256 of a file, in hexadecimal. */
export function fileHash(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function inOrder(stacks: readonly StackFolder[]): StackFolder[] {
  const ordered = new Set<StackFolder>();
  const add = (stack: StackFolder): void => {
    for (const earlier of stacks.filter(({ name }) => stack.dependencies.includes(name))) add(earlier);
    ordered.add(stack);
  };
  for (const stack of stacks) add(stack);
  return [...ordered];
}
