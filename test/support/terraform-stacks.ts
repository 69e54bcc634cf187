import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeFolder } from "../../platform/remove-folder.ts";

/** Terraform JSON of one stack: resources of the built-in terraform_data, by name. */
export type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A synthesized app in a temporary folder, with local states, that the real Terraform can plan without a provider. */
export interface TerraformStacks {
  /** Folder that the states lie in. */
  readonly folder: string;
  readonly output: string;
  /** Writes the stacks, each after the one before it. */
  write(stacks: Readonly<Record<string, Resources>>): void;
  /** Values of the `input` of all resources in a stack's state, by name; empty where there is no state. */
  applied(stack: string): Record<string, unknown>;
  remove(): void;
}

export function terraformStacks(): TerraformStacks {
  const folder = mkdtempSync(path.join(os.tmpdir(), "stacks-"));
  const output = path.join(folder, "cdktf.out");
  const write = (file: string, json: unknown): void => {
    mkdirSync(path.dirname(path.join(output, file)), { recursive: true });
    writeFileSync(path.join(output, file), JSON.stringify(json, undefined, 2));
  };
  return {
    folder,
    output,
    write: (stacks) => {
      const names = Object.keys(stacks);
      write("manifest.json", {
        stacks: Object.fromEntries(
          names.map((name, index) => [
            name,
            {
              name,
              synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
              workingDirectory: `stacks/${name}`,
              dependencies: names.slice(Math.max(0, index - 1), index),
            },
          ]),
        ),
      });
      for (const name of names)
        write(`stacks/${name}/cdk.tf.json`, {
          terraform: { backend: { local: { path: `../../../terraform.${name}.tfstate` } } },
          ...(Object.keys(stacks[name] ?? {}).length === 0
            ? {}
            : { resource: { terraform_data: stacks[name] } }),
        });
    },
    applied: (stack) => {
      let state: {
        resources: { name: string; instances: { attributes: { input?: { value: unknown } } }[] }[];
      };
      try {
        state = JSON.parse(readFileSync(path.join(folder, `terraform.${stack}.tfstate`), "utf8"));
      } catch {
        return {};
      }
      return Object.fromEntries(
        state.resources.map(({ name, instances }) => [name, instances[0]?.attributes.input?.value ?? null]),
      );
    },
    remove: () => removeFolder(folder),
  };
}
