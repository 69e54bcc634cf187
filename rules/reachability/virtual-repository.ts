import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

const REPOSITORY = ["google_artifact_registry_repository"];

/** A virtual repository passes on what repositories of its own kind have. */
export const virtualRepository: Rule = {
  id: "reachability/virtual-repository",
  why: "A virtual repository has upstreams of its own format and location only, which the provider does not compare.",
  limit: "format and location of each upstream: those of the virtual repository",
  fix: "Name an upstream of the same format and location.",
  source: "https://docs.cloud.google.com/artifact-registry/docs/repositories/virtual-overview",
  *check(graph) {
    for (const repository of graph.all(...REPOSITORY))
      for (const policy of repository.blocks("virtual_repository_config.upstream_policies")) {
        const upstream = follow(graph, policy.get("repository"), REPOSITORY, repository);
        if (upstream === undefined) continue;
        for (const attribute of ["format", "location"]) {
          const [own, other] = [repository, upstream].map((each) => each.string(attribute));
          if (own === undefined || other === undefined || own.toUpperCase() === other.toUpperCase()) continue;
          yield {
            resource: repository,
            message: `${attribute} is ${own}, and that of its upstream ${upstream.address} is ${other}; rejected by the API: a virtual repository and its upstreams have one ${attribute}.`,
          };
        }
      }
  },
};
