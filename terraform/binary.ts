import { execFile } from "node:child_process";
import { UserError } from "../platform/user-error.ts";

/** The Terraform or OpenTofu of this machine. */
export interface Terraform {
  /** A name on the PATH, or a path. */
  readonly command: string;
  readonly product: "Terraform" | "OpenTofu";
  /** For example "1.11.4". */
  readonly version: string;
  /** Environment variables of its processes. */
  readonly env: NodeJS.ProcessEnv;
}

/** Import blocks came with Terraform 1.5; OpenTofu started with 1.6. */
const OLDEST = { Terraform: [1, 5], OpenTofu: [1, 6] } as const;

/** Timeout of `version`, in milliseconds; it takes 0.1 s. */
const DEADLINE = 30_000;

/**
 * Finds Terraform, or OpenTofu where there is no Terraform. TERRAFORM_BINARY_NAME names another one, as it does for cdktf.
 *
 * @throws UserError where there is none, or it is too old
 */
export async function findTerraform(env: NodeJS.ProcessEnv): Promise<Terraform> {
  const chosen = env.TERRAFORM_BINARY_NAME || undefined;
  const own = ownEnvironment(env);
  for (const command of chosen === undefined ? ["terraform", "tofu"] : [chosen]) {
    const said = await versionOf(command, own);
    if (said === undefined) continue;
    const [, product, version] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+\S*)/m.exec(said) ?? [];
    if ((product !== "Terraform" && product !== "OpenTofu") || version === undefined) {
      throw new UserError(
        `"${command} version" is neither Terraform nor OpenTofu (${JSON.stringify(said.slice(0, 80))}): set TERRAFORM_BINARY_NAME to the one to use.`,
      );
    }
    refuseOld(product, version);
    return { command, product, version, env: own };
  }
  throw new UserError(
    chosen === undefined
      ? `There is no Terraform on the PATH: install Terraform ${OLDEST.Terraform.join(".")} or newer (developer.hashicorp.com/terraform/install) or OpenTofu ${OLDEST.OpenTofu.join(".")} or newer, or set TERRAFORM_BINARY_NAME to one.`
      : `TERRAFORM_BINARY_NAME is "${chosen}", and no such program can be started: fix it, or unset it to use the one on the PATH.`,
  );
}

function refuseOld(product: Terraform["product"], version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor, leastMinor] = OLDEST[product];
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new UserError(
    `${product} ${version} is too old: ${leastMajor}.${leastMinor} or newer is needed, which knows import blocks. Install a newer one, or set TERRAFORM_BINARY_NAME to one.`,
  );
}

function versionOf(command: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, ["version"], { env, timeout: DEADLINE, encoding: "utf8" }, (error, stdout) => {
      // The output of a failing program is evaluated by the caller.
      const isAbsent = error !== null && (error.code === "ENOENT" || error.code === "EACCES");
      resolve(isAbsent ? undefined : stdout);
    });
  });
}

/**
 * Without variables that would silently change a plan: TF_CLI_ARGS_plan="-target=..." plans a part, TF_WORKSPACE another state, and an
 * absolute TF_DATA_DIR mixes the stacks.
 */
function ownEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !/^TF_(CLI_ARGS(_.*)?|WORKSPACE|DATA_DIR|INPUT)$/.test(name),
  );
  return { ...Object.fromEntries(kept), TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
}
