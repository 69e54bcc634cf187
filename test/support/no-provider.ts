import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { runCommand } from "./commands-in-one-process.ts";
import { FIXTURES, type Run } from "./project.ts";

/** Prepares a folder for commands whose Terraform finds no provider, whatever this machine has. */
export function withoutProviders(folder: string): void {
  const empty = path.join(folder, "no-providers");
  mkdirSync(empty);
  writeFileSync(
    path.join(folder, "terraformrc"),
    `provider_installation { filesystem_mirror { path = "${empty}" } }`,
  );
}

export interface CommandOptions {
  /** Prepared by `withoutProviders`; the output goes there too. */
  readonly folder: string;
  /** @default the folder */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command of the platform on the project of the fixtures. */
export function runWithoutProviders(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<Run> {
  const { folder, cwd = folder, env } = options;
  return runCommand([command, ...args], {
    folder: FIXTURES,
    cwd,
    env: {
      ...process.env,
      NO_COLOR: "1",
      CDKTF_OUTDIR: path.join(folder, "cdktf.out"),
      TF_CLI_CONFIG_FILE: path.join(folder, "terraformrc"),
      TF_PLUGIN_CACHE_DIR: undefined,
      TERRAFORM_BINARY_NAME: undefined,
      ...env,
    },
  });
}
