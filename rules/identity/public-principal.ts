import { type Grant, grants, isAbove } from "../../analysis/identity/grants.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Graph } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const PUBLIC = ["allUsers", "allAuthenticatedUsers"];

/** Roles that only read or only invoke, and may be granted to the public. */
const PUBLIC_ROLES =
  /(\.invoker|\.(objectViewer|legacyObjectReader|legacyBucketReader|reader|viewer|dataViewer|metadataViewer|servicesInvoker|httpsResourceAccessor|user|networkUser))$/;

/** Scopes in which no grant may be public. */
const PRIVATE_SCOPES =
  /^(secret_manager_(regional_)?secret|service_account|kms_(crypto_key|key_ring)|sql_|sourcerepo_)/;

/** Everybody may invoke a public service, but not read secrets and keys, manage projects or write. */
export const publicPrincipal: Rule = {
  id: "identity/public-principal",
  why: "allUsers and allAuthenticatedUsers are everyone on the internet, with or without a Google account.",
  limit: "no public principal on secrets, keys, service accounts or projects, nor with a role that writes",
  fix: "Name the principal that needs the role, for example member = google_service_account.api.member.",
  source: "https://docs.cloud.google.com/iam/docs/principals-overview",
  *check(graph) {
    for (const grant of grants(graph)) {
      const everybody = grant.members.find((member) => PUBLIC.includes(String(member)));
      if (everybody === undefined || typeof grant.role !== "string") continue;
      yield* prevented(graph, grant, String(everybody));
      if (!isPrivate(grant, grant.role)) continue;
      yield {
        resource: grant.resource,
        message: `${grant.role} on a ${grant.scope.replaceAll("_", " ")} is granted to ${String(everybody)}; ${isAbove(grant) ? "rejected by the API, or is a security risk" : "is a security risk"}: everybody on the internet holds it.`,
      };
    }
  },
};

/** A bucket that refuses what is granted to everybody. */
function* prevented(graph: Graph, grant: Grant, everybody: string): Iterable<Violation> {
  if (grant.scope !== "storage_bucket") return;
  const bucket = follow(graph, grant.resource.get("bucket"), ["google_storage_bucket"], grant.resource);
  if (bucket?.string("public_access_prevention") !== "enforced") return;
  yield {
    resource: grant.resource,
    message: `${String(grant.role)} is granted to ${everybody}, and public_access_prevention of ${bucket.address} is enforced; rejected by the API: the bucket takes no public grant.`,
    fix: 'Remove the grant, or set public_access_prevention = "inherited".',
    source: "https://docs.cloud.google.com/storage/docs/public-access-prevention",
  };
}

function isPrivate(grant: Grant, role: string): boolean {
  return isAbove(grant) || PRIVATE_SCOPES.test(grant.scope) || !PUBLIC_ROLES.test(role);
}
