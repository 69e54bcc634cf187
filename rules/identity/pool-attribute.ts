import { namesIn } from "../../analysis/identity/cel.ts";
import {
  attributesOf,
  githubProviders,
  poolMembers,
  poolProviders,
  providersOf,
} from "../../analysis/identity/github-provider.ts";
import { textOf } from "../../analysis/references/text.ts";
import type { Rule } from "../rule.ts";

/** As identity/github-mapping, for pools with other providers than GitHub. */
export const poolAttribute: Rule = {
  id: "identity/pool-attribute",
  why: "A member that names an attribute of a pool is nobody where no provider of the pool maps that attribute from its tokens.",
  limit: "each attribute that a member or a condition names in attribute_mapping of a provider of the pool",
  fix: 'Map it, such as "attribute.namespace_id" = "assertion.namespace_id".',
  source: "https://docs.cloud.google.com/iam/docs/workload-identity-federation#mapping",
  *check(graph) {
    for (const { grant, by, pool } of poolMembers(graph)) {
      // A pool of GitHub alone has a rule of its own.
      if (!by.startsWith("attribute.") || by.includes("\uE000") || providersOf(graph, pool) !== undefined)
        continue;
      const providers = poolProviders(graph, pool);
      const mapped = providers?.map(attributesOf);
      if (providers === undefined || mapped === undefined || providers.length === 0) continue;
      if (mapped.some((attributes) => attributes === undefined || attributes.has(by))) continue;
      yield {
        resource: grant.resource,
        message: `member names ${by}; fails at run time: ${providers.map(({ address }) => address).join(" and ")} ${providers.length === 1 ? "does" : "do"} not map it, so no principal matches.`,
      };
    }
    const github = new Set(githubProviders(graph).map(({ resource }) => resource));
    for (const provider of graph.all("google_iam_workload_identity_pool_provider")) {
      const isGithub = github.has(provider) || provider.get("oidc.issuer_uri") === undefined;
      if (isGithub && provider.blocks("aws").length === 0 && provider.blocks("saml").length === 0) continue;
      const attributes = attributesOf(provider);
      const condition = textOf(provider.get("attribute_condition")) ?? "";
      if (attributes === undefined) continue;
      for (const name of new Set(namesIn(condition)))
        if (name.startsWith("attribute.") && !attributes.has(name))
          yield {
            resource: provider,
            message: `attribute_condition names ${name}; fails at run time (or is rejected by the API): attribute_mapping does not map it, so no principal matches.`,
          };
    }
  },
};
