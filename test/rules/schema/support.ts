import { graphFromTerraformJson } from "../../../graph/index.ts";
import type { Rule } from "../../../rules/rule.ts";

export interface Requirements {
  /** The constraint of `required_providers`; without it the input states no version. */
  readonly version?: string;
  /** @default google */
  readonly provider?: "google" | "google-beta";
  readonly variable?: unknown;
}

/** What a rule says of one resource of a type, each as "severity: message" with its fix after it. */
export function reported(
  rule: Rule,
  type: string,
  body: unknown,
  { version, provider = "google", variable }: Requirements = {},
): string[] {
  const required = { source: `hashicorp/${provider}`, ...(version === undefined ? {} : { version }) };
  const json = {
    terraform: { required_providers: { [provider]: required } },
    ...(variable === undefined ? {} : { variable }),
    resource: { [type]: { it: { ...(body as object), ...(provider === "google" ? {} : { provider }) } } },
  };
  const graph = graphFromTerraformJson([{ origin: "test", json }]);
  return [...rule.check(graph)].map(
    ({ severity, message, fix = rule.fix }) => `${severity}: ${message} ${fix}`,
  );
}

export const redis = { name: "cache", memory_size_gb: 1 };
