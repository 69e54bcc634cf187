import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { UserError } from "../platform/user-error.ts";
import { jsonOf } from "./diagnostics.ts";

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

/** A path within the output folder. */
const inside = z
  .string()
  .refine(
    (text) => !/(^|[\\/])\.\.([\\/]|$)/.test(text) && !path.isAbsolute(text),
    "leads out of the folder",
  );

const manifest = z.object({
  stacks: z.record(
    z.string(),
    z.object({
      name: z.string().regex(/^[\w.-]+$/, "is no name of a stack"),
      workingDirectory: inside,
      synthesizedStackPath: inside,
      dependencies: z.array(z.string()),
    }),
  ),
});

/**
 * The synthesized stacks of an output folder, each after those that it depends on.
 *
 * @throws UserError where its manifest is damaged
 */
export function stackFolders(output: string, isOurs: (stack: string) => boolean): StackFolder[] {
  const folders = Object.values(stacksOf(path.join(output, "manifest.json")))
    .filter(({ name }) => isOurs(name))
    .map(({ name, workingDirectory, synthesizedStackPath, dependencies }) => ({
      name,
      folder: path.resolve(output, workingDirectory),
      dependencies: dependencies.filter(isOurs),
      hash: fileHash(path.join(output, synthesizedStackPath)),
    }));
  return inOrder(folders);
}

function stacksOf(file: string): z.output<typeof manifest>["stacks"] {
  const { data, error } = manifest.safeParse(jsonOf(readFileSync(file, "utf8")));
  if (data !== undefined) return data.stacks;
  const [{ path: where = [], message = "" } = {}] = error.issues;
  throw new UserError(
    `${file} is no manifest of cdktf (${[where.map(String).join("."), message].filter((part) => part !== "").join(": ")}): synthesize again.`,
  );
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
