import { onlyReference } from "../../analysis/references/text.ts";
import { workloads } from "../../analysis/workload/index.ts";
import { type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { holdsPlaceholder } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

const SECRET = /^(projects\/[^/]+\/(locations\/[^/]+\/)?secrets\/)?[A-Za-z0-9_-]{1,255}$/;

/** A secret is named without its version, and its version is pinned. */
export const secretVersion: Rule = {
  id: "identity/secret-version",
  why: "Version latest is resolved at each instance start, so that instances of one revision may hold different secrets.",
  limit: "secret holds the id of a secret, not of a version; version holds a number, latest or an alias",
  fix: "Write the version's number, for example google_secret_manager_secret_version.db.version.",
  source: "https://docs.cloud.google.com/run/docs/configuring/services/secrets",
  exampleSeverity: "warning",
  *check(graph) {
    for (const { resource, secrets } of workloads(graph)) {
      for (const { place, secret, version } of secrets) {
        if (isVersion(secret, resource)) {
          yield {
            resource,
            message: `${place} has a secret version as secret; rejected by the API: invalid secret name.`,
            fix: "Write the secret_id of the secret, for example google_secret_manager_secret.db.secret_id, and its version in version.",
          };
        }
        if (
          typeof secret === "string" &&
          !holdsPlaceholder(secret) &&
          !SECRET.test(secret) &&
          !isVersion(secret, resource)
        )
          yield {
            resource,
            message: `${place} has the secret "${secret}"; rejected by the API: it is not the id of a secret.`,
            fix: "Write its secret_id: letters, digits, hyphens and underscores.",
          };
        if (version === "latest") yield unpinned(resource, place);
        else if (!mayExist(graph, version, secret, resource))
          yield {
            resource,
            message: `${place} has version "${version}"; rejected by the API: it is neither a number, "latest", nor one of the secret's version_aliases, and the revision does not become ready.`,
          };
      }
    }
  },
};

/** Versions are numbers from 1; other words are aliases, which the secret itself defines. */
function mayExist(
  graph: Graph,
  version: Value | undefined,
  secret: Value | undefined,
  from: Resource,
): boolean {
  if (typeof version !== "string" || version === "" || /^(latest|[1-9]\d*)$/.test(version)) return true;
  // An alias begins with a letter.
  if (/^[-\d]/.test(version)) return false;
  const target = graph.target(secret, ["google_secret_manager_secret"], from);
  if (target.kind !== "resource" || version.includes("/")) return true;
  const aliases = target.resource.get("version_aliases");
  return isUnknown(aliases) || Object.keys(aliases ?? {}).includes(version);
}

function isVersion(secret: Value | undefined, from: Resource): boolean {
  if (typeof secret === "string") return /\/versions\/[^/]+$/.test(secret);
  const reference = onlyReference(secret, from);
  return (
    reference !== undefined &&
    /(^|\.)google_secret_manager_secret_version\./.test(reference.address) &&
    /^(id|name)$/.test(reference.attribute)
  );
}

function unpinned(resource: Resource, place: string): Violation {
  return {
    resource,
    severity: "warning",
    message: `${place} has version "latest"; fails at run time: a rotated secret reaches some instances and not others, without a new revision.`,
  };
}
