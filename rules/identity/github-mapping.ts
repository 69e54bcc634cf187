import { namesIn } from "../../analysis/identity/cel.ts";
import {
  type GithubProvider,
  githubProviders,
  poolMembers,
  providersOf,
} from "../../analysis/identity/github-provider.ts";
import type { Rule, Violation } from "../rule.ts";

/** What a condition or a member compares is mapped from the token. */
export const githubMapping: Rule = {
  id: "identity/github-mapping",
  why: "A condition and a member see only the attributes that are mapped from the token.",
  limit: "google.subject, and each attribute that the condition or a member names, in attribute_mapping",
  fix: 'Map it, such as "attribute.repository_id" = "assertion.repository_id".',
  source: "https://docs.cloud.google.com/iam/docs/workload-identity-federation#mapping",
  *check(graph) {
    for (const provider of githubProviders(graph)) yield* ofProvider(provider);
    for (const { grant, by, pool } of poolMembers(graph)) {
      const providers = providersOf(graph, pool);
      if (!by.startsWith("attribute.") || providers === undefined || by.includes("\uE000")) continue;
      if (providers.some(({ mapping }) => mapping === undefined || mapping.has(by))) continue;
      yield {
        resource: grant.resource,
        message: `member names ${by}; fails at run time: ${providers.map(({ resource }) => resource.address).join(" and ")} does not map it, so no principal matches.`,
      };
    }
  },
};

function* ofProvider({ resource, condition, mapping }: GithubProvider): Iterable<Violation> {
  if (mapping === undefined) return;
  const severity = "error" as const;
  if (!mapping.has("google.subject")) {
    yield {
      resource,
      severity,
      message:
        "attribute_mapping has no google.subject; rejected by the API: a provider of this kind must map it.",
      fix: 'Map "google.subject" = "assertion.sub".',
    };
  }
  const used = new Set(namesIn(condition ?? "").filter((name) => name.startsWith("attribute.")));
  for (const name of used) {
    if (mapping.has(name)) continue;
    yield {
      resource,
      severity,
      message: `attribute_condition names ${name}; fails at run time (or is rejected by the API): attribute_mapping does not map it, so no principal matches.`,
    };
  }
}
