import type { Rule } from "../rule.ts";
import { type Grant, grants, isAbove } from "./grants.ts";

const PUBLIC = ["allUsers", "allAuthenticatedUsers"];

/** Roles that only read, or only call, and are meant to be given to everybody. */
const HARMLESS =
  /(\.invoker|\.(objectViewer|legacyObjectReader|legacyBucketReader|reader|viewer|dataViewer|metadataViewer|servicesInvoker|httpsResourceAccessor|user|networkUser))$/;

/** Scopes in which nothing is meant for everybody. */
const PRIVATE_SCOPES =
  /^(secret_manager_(regional_)?secret|service_account|kms_(crypto_key|key_ring)|sql_|sourcerepo_)/;

/** Everybody may call a public service; nobody else's secrets, keys, projects or writes. */
export const publicPrincipal: Rule = {
  id: "identity/public-principal",
  why: "allUsers and allAuthenticatedUsers are everybody on the internet, with or without a Google account.",
  limit: "no public principal on secrets, keys, service accounts or projects, nor with a role that writes",
  fix: "Name the service account or group that needs the role.",
  source: "https://docs.cloud.google.com/iam/docs/principals-overview",
  example: `resource "google_secret_manager_secret_iam_member" "db" {
  secret_id = google_secret_manager_secret.db.id
  role      = "roles/secretmanager.secretAccessor"
  member    = "allUsers"
}`,
  *check(graph) {
    for (const grant of grants(graph)) {
      const everybody = grant.members.find((member) => PUBLIC.includes(String(member)));
      if (everybody === undefined || typeof grant.role !== "string") continue;
      if (!isWrong(grant, grant.role)) continue;
      yield {
        resource: grant.resource,
        severity: "error",
        message: `it gives ${grant.role} on a ${grant.scope.replaceAll("_", " ")} to ${String(everybody)}, everybody on the internet; ${isAbove(grant) ? "refused at apply, or breaks at run time" : "breaks at run time"}: strangers hold it.`,
      };
    }
  },
};

function isWrong(grant: Grant, role: string): boolean {
  return isAbove(grant) || PRIVATE_SCOPES.test(grant.scope) || !HARMLESS.test(role);
}
