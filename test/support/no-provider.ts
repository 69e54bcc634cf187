import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { MAIN, ROOT, type Run } from "./project.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");

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

/** Runs a command of `commands/` as npm does. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Run {
  const { folder, cwd = folder, env } = options;
  const { status, stdout, stderr } = spawnSync(
    NODE,
    ["--disable-warning=DEP0044", ...MAIN, command, ...args],
    {
      cwd,
      encoding: "utf8",
      input: "",
      env: {
        ...process.env,
        NO_COLOR: "1",
        CDKTF_OUTDIR: path.join(folder, "cdktf.out"),
        TF_CLI_CONFIG_FILE: path.join(folder, "terraformrc"),
        TF_PLUGIN_CACHE_DIR: undefined,
        TERRAFORM_BINARY_NAME: undefined,
        ...env,
      },
    },
  );
  return { status, stdout, stderr };
}
