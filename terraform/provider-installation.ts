import { writeFileSync } from "node:fs";
import path from "node:path";
import { requiredProviders, withoutHost } from "./provider-locks.ts";
import { stackFolders } from "./stack-folders.ts";

const INSTALLATION_FILE = "providers.tfrc";

/**
 * Writes a CLI configuration of Terraform that installs the providers that the code names, and no other. With it a plain
 * `terraform init` or `cdktf deploy` ends before it downloads a provider that only a state names; no file in the stack's
 * own folder can do that.
 *
 * @param output folder of synthesized stacks
 */
export function writeProviderInstallation(output: string): void {
  const folders = stackFolders(path.resolve(output), () => true).map(({ folder }) => folder);
  const named = [
    ...new Set(folders.flatMap(requiredProviders).map(({ address }) => withoutHost(address))),
  ].sort();
  // An empty list would include every provider.
  const methods =
    named.length === 0
      ? []
      : ["  direct {", `    include = [${named.map((source) => JSON.stringify(source)).join(", ")}]`, "  }"];
  const lines = [
    "# Written at synth. With the absolute path of this file in TF_CLI_CONFIG_FILE Terraform installs these providers and no other.",
    "provider_installation {",
    ...methods,
    "}",
  ];
  writeFileSync(path.join(output, INSTALLATION_FILE), `${lines.join("\n")}\n`);
}
