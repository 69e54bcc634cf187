import { nearest } from "../values/nearest.ts";
import type { Attributes } from "./attributes.ts";
import { custom } from "./constraints/index.ts";
import type { FieldRule } from "./resource-type.ts";

/** What permissions are about, by service: of services that roles of one's own are often made for. */
const NOUNS: Readonly<Record<string, string>> = {
  artifactregistry:
    "attachments dockerimages files kfpartifacts locations mavenartifacts npmpackages packages projectconfigs projectsettings pythonpackages repositories rules tags versions aptartifacts yumartifacts exportArtifact vpcscconfigs operations",
  cloudscheduler: "jobs locations operations",
  cloudsql: "backupRuns backups databases instances sslCerts users operations schemas",
  cloudtasks: "cmekConfig locations queues tasks",
  pubsub: "messageTransforms schemas snapshots subscriptions topics operations",
  redis: "backupCollections backups clusters instances locations operations aclPolicies",
  run: "configurations executions jobs locations operations revisions routes services tasks workerpools workerPools instances builds",
  secretmanager: "locations secrets versions operations tags",
  vpcaccess: "connectors locations operations",
};

const nouns: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(NOUNS).map(([service, names]) => [service, names.split(" ")]),
);

/** Permissions that only roles of an organization hold. */
const OF_ORGANIZATION = /^resourcemanager\.((organizations|folders)\.|projects\.list$)/;

function* wrongPermissions(role: Attributes) {
  const permissions = role.get("permissions");
  for (const permission of Array.isArray(permissions) ? permissions : []) {
    if (typeof permission !== "string") continue;
    if (OF_ORGANIZATION.test(permission))
      yield {
        found: `permissions has "${permission}"`,
        because: "a role of a project cannot hold it",
        fix: "Remove it, or make a google_organization_iam_custom_role.",
      };
    if (!/^[a-z][\w-]*(\.[\w-]+){2,}$/i.test(permission))
      yield {
        found: `permissions has "${permission}"`,
        because: "a permission is SERVICE.RESOURCES.VERB, without stars",
        fix: "Write each permission, for example run.services.get.",
      };
    const [service = "", noun = "", ...verb] = permission.split(".");
    const own = nouns.get(service);
    const meant = own === undefined || own.includes(noun) ? undefined : nearest(noun, own);
    if (meant !== undefined)
      yield {
        found: `permissions has "${permission}"`,
        because: `there is no such permission; ${service} has ${meant}`,
        fix: `Write ${[service, meant, ...verb].join(".")}.`,
      };
  }
}

/** Permissions of a role of a project. */
export const projectPermissions: FieldRule = {
  id: "identity/custom-role",
  why: "IAM rejects a role with a permission that does not exist, or that only an organization's role may hold.",
  source: "https://docs.cloud.google.com/iam/docs/custom-roles-permissions-support",
  constraints: [
    custom("permissions: SERVICE.RESOURCES.VERB, supported in roles of projects", wrongPermissions),
  ],
};
