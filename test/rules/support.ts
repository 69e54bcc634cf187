import { type Graph, type GraphOptions, graphFromTerraformJson } from "../../graph/index.ts";
import type { Rule, Severity } from "../../rules/rule.ts";
import { runRules } from "../../rules/run.ts";

/** What a rule said, as plain data for `toEqual`. */
export interface Said {
  readonly severity: Severity;
  readonly address: string;
  readonly message: string;
  readonly fix: string;
}

export type Resources = { readonly [type: string]: { readonly [name: string]: unknown } };

export interface Surroundings extends GraphOptions {
  /** Instead of project acme-dev and region europe-west1. */
  readonly provider?: unknown;
  /** `required_providers` and the like. */
  readonly terraform?: unknown;
  readonly variable?: unknown;
  readonly locals?: unknown;
  readonly data?: Resources;
}

/** A whole graph of resources as Terraform JSON, managed by a google provider of project acme-dev, region europe-west1. */
export function graphOf(resource: Resources, surroundings: Surroundings = {}): Graph {
  const settings = { project: "acme-dev", region: "europe-west1" };
  const { external, whole = true, ...document } = surroundings;
  const { provider = { google: settings, "google-beta": settings }, ...rest } = document;
  const json = { provider, ...rest, resource };
  const options = { whole, ...(external === undefined ? {} : { external }) };
  return graphFromTerraformJson([{ origin: "test", json }], options);
}

/** What the rule says of the resources. */
export function check(rule: Rule, resource: Resources, surroundings: Surroundings = {}): Said[] {
  return [...rule.check(graphOf(resource, surroundings))].map((verdict) => ({
    severity: verdict.severity ?? "error",
    address: verdict.resource.address,
    message: verdict.message,
    fix: verdict.fix ?? rule.fix,
  }));
}

/** What a report says of the resources where the input requires these versions of the google provider. */
export function reportedFor(version: string, rule: Rule, resource: Resources): string[] {
  const terraform = { required_providers: { google: { source: "hashicorp/google", version } } };
  return runRules(graphOf(resource, { terraform }), [rule]).map(
    ({ severity, address, message }) => `${severity} ${address}: ${message}`,
  );
}
