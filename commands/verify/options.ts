import { Command, CommanderError, Option } from "commander";
import type { GivenVariable } from "../../graph/index.ts";
import { UserError } from "../../platform/user-error.ts";
import type { Severity } from "../../rules/rule.ts";
import type { VerifiedInput } from "../../verification/evaluate.ts";

export type Format = "text" | "json" | "sarif" | "markdown" | "html";

export interface VerifyOptions extends VerifiedInput {
  readonly format: Format;
  readonly failOn: Severity;
  /** Id of the rule to explain instead of verifying anything. */
  readonly explain: string | undefined;
}

const examples = `
Examples:
  verify infrastructure/                        a folder of plain Terraform, or cdktf.out
  verify manifests/                             a folder of Kubernetes objects (Istio gateways and routes)
  kustomize build overlays/production | verify -
  terraform show -json plan.bin > plan.json && verify plan.json
  verify plan.json --format sarif > verify.sarif
  verify plan.json --format html > verify.html  a page with the topology, to open in a browser
  verify infrastructure/ --var-file prod.tfvars --var db_tier=db-custom-2-8192
  verify infrastructure/ --external network:shared --external secret:api-key
  verify infrastructure/ --complete              what these files do not define does not exist
  verify --explain capacity/database-connections

Exit codes: 0 nothing found, 1 findings of the chosen severity, 2 usage error, or input that could not be read
or checked to its end.`;

const usage = {
  project:
    "what to verify: a cdktf.out, a folder or file of Terraform or Kubernetes YAML, a plan or state, - for what is piped in (default: this project)",
  anywhere:
    "what to verify: a cdktf.out, a folder or file of Terraform or Kubernetes YAML, a plan or state, - for what is piped in",
};

/**
 * Reads the arguments. Prints help or the version where asked and then returns undefined.
 *
 * @throws UserError on usage error, in one sentence
 */
export function parseOptions(
  args: readonly string[],
  context: { readonly version: string; readonly hasOwnProject: boolean; write(text: string): void },
): VerifyOptions | undefined {
  const variables: GivenVariable[] = [];
  const command = new Command("verify")
    .description("Proves Terraform for Google Cloud and Istio's ingress before they are applied.")
    .argument("[path...]", context.hasOwnProject ? usage.project : usage.anywhere)
    .addOption(
      new Option("--format <format>", "how to report")
        .choices(["text", "json", "sarif", "markdown", "html"])
        .default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 from this severity on")
        .choices(["error", "warning", "unknown"])
        .default("error"),
    )
    .option("--external <KIND:NAME>", "what exists outside of the input (repeatable)", collect)
    .option("--complete", "the input defines all that it names: what it does not define does not exist")
    .option("--var-file <FILE>", "values of variables, as for terraform plan (repeatable)", (path: string) =>
      variables.push({ kind: "file", path }),
    )
    .option("--var <NAME=VALUE>", "the value of one variable (repeatable)", (text: string) =>
      variables.push(givenValue(text)),
    )
    .option("--waivers <FILE>", "waivers (default: verify.waivers.json in a folder that is verified)")
    .option("--explain <RULE>", "why a rule exists, its limit, source, fix and an example")
    .version(context.version)
    .addHelpText("after", examples)
    .configureOutput({ writeOut: (text) => context.write(text), writeErr: () => {} })
    .exitOverride();
  try {
    command.parse([...args], { from: "user" });
  } catch (problem) {
    if (!(problem instanceof CommanderError)) throw problem;
    if (problem.exitCode === 0) return undefined;
    throw new UserError(inOneSentence(problem.message));
  }
  const {
    format,
    failOn,
    external = [],
    complete = false,
    waivers,
    explain,
  } = command.opts<Partial<VerifyOptions>>();
  return {
    paths: command.args,
    format: format ?? "text",
    failOn: failOn ?? "error",
    external,
    complete,
    variables,
    waivers,
    explain,
  };
}

function collect(value: string, previous: readonly string[] = []): string[] {
  if (!/^[\w-]+:.+$/.test(value))
    throw new UserError(`--external takes KIND:NAME, for example network:shared, and not "${value}".`);
  return [...previous, value];
}

function givenValue(text: string): GivenVariable {
  const [, name, value] = /^([\w-]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new UserError(`--var takes NAME=VALUE, for example db_tier=db-custom-2-8192, and not "${text}".`);
  return { kind: "value", name, text: value };
}

function inOneSentence(message: string): string {
  const text = message
    .replace(/^error: /, "")
    .replace(/\s+/g, " ")
    .trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?)]$/.test(text) ? "" : "."} See --help.`;
}
