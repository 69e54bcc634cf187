import type { Resource, Value } from "../graph/graph.ts";
import { onlyReference } from "../reachability/text.ts";
import { workloads } from "../reachability/workload.ts";
import type { Rule, Verdict } from "../rule.ts";

/** R27: a secret is named by itself, and its version is pinned. */
export const secretVersion: Rule = {
  id: "identity/secret-version",
  why: "Version latest is read anew at each instance start, so that instances of one revision may hold different secrets.",
  limit: "secret holds the id of a secret, not of a version; version holds a number",
  fix: "Write the version's number, for example google_secret_manager_secret_version.db.version.",
  source: "https://docs.cloud.google.com/run/docs/configuring/services/secrets",
  example: `env {
  name = "POSTGRES_PASSWORD"
  value_source {
    secret_key_ref {
      secret  = "db-password"
      version = "latest"
    }
  }
}`,
  *check(graph) {
    for (const { resource, secrets } of workloads(graph)) {
      for (const { place, secret, version } of secrets) {
        if (isVersion(secret, resource)) {
          yield {
            resource,
            severity: "error",
            message: `${place} names a secret version where the secret belongs; refused at apply: invalid secret name.`,
            fix: "Write the secret_id of the secret, and its version in the version argument.",
          };
        }
        if (version === "latest") yield unpinned(resource, place);
      }
    }
  },
};

function isVersion(secret: Value | undefined, from: Resource): boolean {
  if (typeof secret === "string") return /\/versions\/[^/]+$/.test(secret);
  const reference = onlyReference(secret, from);
  return (
    reference !== undefined &&
    /(^|\.)google_secret_manager_secret_version\./.test(reference.address) &&
    /^(id|name)$/.test(reference.attribute)
  );
}

function unpinned(resource: Resource, place: string): Verdict {
  return {
    resource,
    severity: "warning",
    message: `${place} takes the secret's version "latest"; a rotated secret reaches some instances and not others, without a new revision.`,
  };
}
