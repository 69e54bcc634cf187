import { nearestTo } from "../../platform/nearest.ts";
import type { Rule } from "../rule.ts";
import { grants } from "./grants.ts";

/** Roles that runtime service accounts commonly need; a name within two letters of one is a slip. */
const COMMON = [
  "roles/artifactregistry.reader",
  "roles/cloudsql.client",
  "roles/cloudsql.instanceUser",
  "roles/cloudtrace.agent",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountUser",
  "roles/iam.workloadIdentityUser",
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
];

/** A role is named in full. */
export const roleName: Rule = {
  id: "identity/role-name",
  why: "IAM refuses a role that does not exist.",
  limit: "roles/SERVICE.ROLE, or the id of a custom role under projects/ or organizations/",
  fix: "Write the role as the list of predefined roles has it.",
  source: "https://docs.cloud.google.com/iam/docs/roles-permissions",
  example: `resource "google_project_iam_member" "api" {
  project = "acme"
  role    = "secretmanager.secretAccessor"
  member  = "serviceAccount:api@acme.iam.gserviceaccount.com"
}`,
  *check(graph) {
    for (const { resource, role } of grants(graph)) {
      if (typeof role !== "string" || role === "") continue;
      if (!/^(roles|projects|organizations)\//.test(role)) {
        yield {
          resource,
          severity: "error",
          message: `the role "${role}" does not begin with roles/, projects/ or organizations/; refused at apply: the role is not valid.`,
          fix: `Write roles/${role.replace(/^\//, "")}, if that is meant.`,
        };
        continue;
      }
      const near = slipOf(role);
      if (near === undefined) continue;
      yield {
        resource,
        severity: "error",
        message: `the role "${role}" does not exist, the nearest is "${near}"; refused at apply: the role is not supported for this resource.`,
        fix: `Write ${near}.`,
      };
    }
  },
};

function slipOf(role: string): string | undefined {
  if (!role.startsWith("roles/") || COMMON.includes(role)) return undefined;
  const near = nearestTo(role, COMMON, (name) => name);
  if (near === undefined) return undefined;
  if (near.toLowerCase() === role.toLowerCase()) return near;
  // An s more or less, or letters that changed places, within the same service.
  const sameService = near.split(".")[0] === role.split(".")[0];
  const letters = (text: string): string => [...text].sort().join("");
  const slip =
    letters(near) === letters(role) || near === `${role}s` || role === `${near}s` || oneLetter(near, role);
  return sameService && slip ? near : undefined;
}

/** True where one letter is missing, doubled or other than it should be. */
function oneLetter(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const rest = (text: string, skip: number): string => text.slice(start + skip);
  return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1);
}
