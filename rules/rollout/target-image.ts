import { services, type Workload } from "../../analysis/workload/index.ts";
import type { Block, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** The revision to go back to, and the one that serves. */
const NEEDED = 2;

/** A revision that starts again pulls its image: a rollback needs the one before. */
export const targetImage: Rule = {
  id: "rollout/target-image",
  why: "A clean-up by age alone deletes the image of the revision that a rollback returns to: its instances do not start any more, and there is no way back.",
  limit: `a policy that keeps at least ${NEEDED} versions next to each policy that deletes`,
  fix: 'Add a cleanup policy with action = "KEEP" and most_recent_versions.',
  source: "https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy",
  exampleSeverity: "warning",
  *check(graph) {
    for (const repository of graph.all("google_artifact_registry_repository")) {
      if (repository.boolean("cleanup_policy_dry_run") === true) continue;
      const policies = repository.blocks("cleanup_policies");
      const deleting = policies.filter(
        (policy) => policy.string("action") === "DELETE" && !isForUntagged(policy),
      );
      if (deleting.length === 0 || policies.some(keeps)) continue;
      const users = services(graph).filter((workload) => pullsFrom(workload, repository));
      if (users.length === 0) continue;
      yield {
        resource: repository,
        severity: "warning",
        message: `the policy ${deleting.map((policy) => `"${policy.string("id") ?? "?"}"`).join(", ")} deletes images and none keeps the newest: the image that ${users.map(({ resource }) => resource.address).join(", ")} would go back to may be gone.`,
      };
    }
  },
};

/** Images that no tag names any more; a service by digest may still need them, but a person chose so by name. */
function isForUntagged(policy: Block): boolean {
  return policy.string("condition.tag_state") === "UNTAGGED";
}

function keeps(policy: Block): boolean {
  if (policy.string("action") !== "KEEP") return false;
  const count = policy.number("most_recent_versions.keep_count");
  const isByCount = policy.blocks("most_recent_versions").length > 0;
  // A policy by tag or age keeps something that only a person can judge.
  return isByCount ? count === undefined || count >= NEEDED : policy.blocks("condition").length > 0;
}

function pullsFrom({ containers }: Workload, repository: Resource): boolean {
  const id = repository.string("repository_id");
  if (id === undefined) return false;
  return containers.some((container) => {
    const image = container.block.string("image");
    return image?.includes(`-docker.pkg.dev/`) === true && image.split("/")[2] === id;
  });
}
