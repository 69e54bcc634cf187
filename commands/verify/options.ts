import { Command, CommanderError, Option } from "commander";
import type { GivenVariable } from "../../graph/index.ts";
import { UserError } from "../../platform/user-error.ts";
import type { Severity } from "../../rules/rule.ts";
import { capitalized } from "../../values/words.ts";
import type { VerifiedInput } from "../../verification/evaluate.ts";
import type { Settings } from "../../verification/settings.ts";
import { isTimeLimit } from "../in-child.ts";

const FORMATS = ["text", "json", "sarif", "markdown", "html", "junit", "gitlab"] as const;

export type Format = (typeof FORMATS)[number];

const SEVERITIES: readonly Severity[] = ["error", "warning", "unknown"];

export interface VerifyOptions extends VerifiedInput {
  readonly format: Format;
  /** @default "error" */
  readonly failOn: Severity | undefined;
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
  verify infrastructure/ --format json > baseline.json && verify infrastructure/ --baseline baseline.json
  verify --explain capacity/database-connections

A folder's .verify.yaml holds fail-on, baseline, rule, skip, external, var-file and complete. A comment above a resource, or
in it, sets one finding aside: # verify:ignore edge/ssl-policy until 2027-03-31: ticket 1278

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
  const command = new Command(context.hasOwnProject ? "npm run verify --" : "single-source-verify")
    .description("Proves Terraform for Google Cloud and Istio's ingress before they are applied.")
    .argument("[path...]", context.hasOwnProject ? usage.project : usage.anywhere)
    .addOption(new Option("--format <format>", "how to report").choices(FORMATS).default("text"))
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 from this severity on (default: error)").choices(
        SEVERITIES,
      ),
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
    .option("--baseline <FILE>", "an earlier report of --format json: only what is new counts")
    .option("--rule <RULE>", "this rule or family alone, for example address (repeatable)", listed)
    .option("--skip <RULE>", "not this rule or family (repeatable)", listed)
    .option("--rules <FOLDER>", "rules of your own: modules that export them, whose code is run")
    .option("--time-limit <SECONDS>", "end the run after this time (default: 300)", seconds)
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
    baseline,
    rule: only = [],
    skip = [],
    rules,
    explain,
  } = command.opts<Partial<VerifyOptions> & { rule?: string[]; skip?: string[] }>();
  return {
    paths: command.args,
    format: format ?? "text",
    failOn,
    external,
    complete,
    variables,
    waivers,
    baseline,
    selection: { only, skip },
    rules,
    explain,
  };
}

/** Kept by the process that starts the one that verifies (in-child.ts). */
function seconds(value: string): number {
  const number = Number(value);
  if (isTimeLimit(number)) return number;
  throw new UserError(`--time-limit takes 1 to 86400 seconds, for example 600, and not "${value}".`);
}

function listed(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

/**
 * The options with what `.verify.yaml` says: lists of both count, and of the rest the command line wins.
 *
 * @throws UserError where it names a severity that does not exist
 */
export function withSettings(options: VerifyOptions, settings: Settings): VerifyOptions {
  const { "fail-on": failOn, rule = [], skip = [], external = [], complete, baseline } = settings;
  const severity = SEVERITIES.find((known) => known === failOn);
  if (failOn !== undefined && severity === undefined)
    throw new UserError(`.verify.yaml: "fail-on" is ${SEVERITIES.join(", ")}, and not "${failOn}".`);
  const given = settings["var-file"] ?? [];
  return {
    ...options,
    failOn: options.failOn ?? severity,
    external: external.reduce<readonly string[]>((all, each) => collect(each, all), options.external),
    complete: options.complete || complete === true,
    variables: [...given.map((path) => ({ kind: "file" as const, path })), ...options.variables],
    baseline: options.baseline ?? baseline,
    selection: {
      only: [...options.selection.only, ...rule],
      skip: [...options.selection.skip, ...skip],
    },
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
  return `${capitalized(text)}${/[.?)]$/.test(text) ? "" : "."} See --help.`;
}
