import { grants } from "../../analysis/identity/grants.ts";
import { rolesBesides } from "../../resources/predefined-roles.ts";
import { nearestTo } from "../../values/nearest.ts";
import type { Rule } from "../rule.ts";

/** Roles that runtime service accounts commonly need; a name that is almost one of them is a misspelling. */
const COMMON = [
  "roles/aiplatform.user",
  "roles/artifactregistry.reader",
  "roles/artifactregistry.writer",
  "roles/bigquery.dataEditor",
  "roles/bigquery.dataViewer",
  "roles/bigquery.jobUser",
  "roles/cloudbuild.builds.builder",
  "roles/cloudfunctions.invoker",
  "roles/cloudkms.cryptoKeyDecrypter",
  "roles/cloudkms.cryptoKeyEncrypter",
  "roles/cloudkms.cryptoKeyEncrypterDecrypter",
  "roles/cloudsql.client",
  "roles/cloudsql.instanceUser",
  "roles/cloudtasks.enqueuer",
  "roles/cloudtrace.agent",
  "roles/compute.networkUser",
  "roles/datastore.user",
  "roles/eventarc.eventReceiver",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountUser",
  "roles/iam.workloadIdentityUser",
  "roles/iap.httpsResourceAccessor",
  "roles/iap.tunnelResourceAccessor",
  "roles/logging.logWriter",
  "roles/monitoring.metricWriter",
  "roles/pubsub.publisher",
  "roles/pubsub.subscriber",
  "roles/redis.editor",
  "roles/redis.viewer",
  "roles/run.developer",
  "roles/run.invoker",
  "roles/secretmanager.secretAccessor",
  "roles/storage.objectAdmin",
  "roles/storage.objectCreator",
  "roles/storage.objectUser",
  "roles/storage.objectViewer",
  "roles/vpcaccess.user",
  "roles/workflows.invoker",
];

/** A role has its full name. */
export const roleName: Rule = {
  id: "identity/role-name",
  why: "IAM rejects a role that does not exist.",
  limit: "roles/SERVICE.ROLE, or the id of a custom role under projects/ or organizations/",
  fix: "Write the role as in the list of predefined roles, for example roles/cloudsql.client.",
  source: "https://docs.cloud.google.com/iam/docs/roles-permissions",
  *check(graph) {
    for (const { resource, role } of grants(graph)) {
      if (typeof role !== "string" || role === "") continue;
      if (!/^(roles|projects|organizations)\//.test(role)) {
        yield {
          resource,
          message: `role is "${role}"; rejected by the API: it must begin with roles/, projects/ or organizations/.`,
          fix: `Write the full name, for example roles/${role.replace(/^\//, "")}.`,
        };
        continue;
      }
      const near = meantBy(role);
      if (near === undefined) {
        const others = rolesBesides(role);
        if (others === undefined) continue;
        yield {
          resource,
          severity: "warning",
          message: `role is "${role}"; rejected by the API: the service has no role of that name, as far as is known.`,
          fix: `Write one of ${others.join(", ")}.`,
        };
        continue;
      }
      yield {
        resource,
        message: `role is "${role}"; rejected by the API: there is no such role; the nearest is "${near}".`,
        fix: `Write ${near}.`,
      };
    }
  },
};

function meantBy(role: string): string | undefined {
  if (!role.startsWith("roles/") || COMMON.includes(role)) return undefined;
  const near = nearestTo(role, COMMON, (name) => name);
  if (near === undefined) return undefined;
  if (near.toLowerCase() === role.toLowerCase()) return near;
  // An s too many or missing, or swapped letters, within the same service.
  const sameService = near.split(".")[0] === role.split(".")[0];
  const letters = (text: string): string => [...text].sort().join("");
  const misspelled =
    letters(near) === letters(role) || near === `${role}s` || role === `${near}s` || oneLetter(near, role);
  return sameService && misspelled ? near : undefined;
}

/** True where one letter is missing, added or different. */
function oneLetter(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const rest = (text: string, skip: number): string => text.slice(start + skip);
  return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1);
}
