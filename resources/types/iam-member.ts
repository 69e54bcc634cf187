import { choice, form } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import type { RequiredRole, ResourceType } from "../resource-type.ts";

const SERVICES = ["google_cloud_run_v2_service", "google_cloud_run_service"];

/** Grants to one member, to all members of a role, and the whole policy, of one kind of resource. */
function grantsOn(
  resource: string,
  attribute: string,
  { types = [resource], requiredRole }: { types?: readonly string[]; requiredRole?: RequiredRole } = {},
): ResourceType[] {
  return ["member", "binding", "policy"].map((kind) => ({
    type: `${resource}_iam_${kind}`,
    label: "grant",
    references: { [attribute]: types },
    ...(requiredRole === undefined ? {} : { requiredRole }),
  }));
}

/** Grants on resources and on the project. */
export const iamMembers: readonly ResourceType[] = [
  ...grantsOn("google_artifact_registry_repository", "repository"),
  ...grantsOn("google_cloud_run_service", "service", { types: SERVICES }),
  ...grantsOn("google_cloud_run_v2_job", "name", { requiredRole: "roles/run.admin" }),
  ...grantsOn("google_cloud_run_v2_service", "name", { types: SERVICES, requiredRole: "roles/run.admin" }),
  ...grantsOn("google_iap_web_cloud_run_service", "cloud_run_service_name", {
    types: SERVICES,
    requiredRole: "roles/iap.admin",
  }),
  {
    type: "google_project_iam_member",
    label: "grant",
    requiredRole: "roles/resourcemanager.projectIamAdmin",
  },
  ...grantsOn("google_pubsub_subscription", "subscription", { requiredRole: "roles/pubsub.admin" }),
  ...grantsOn("google_pubsub_topic", "topic", { requiredRole: "roles/pubsub.admin" }),
  ...grantsOn("google_secret_manager_secret", "secret_id", {
    requiredRole: [
      "secretmanager.secrets.get",
      "secretmanager.secrets.getIamPolicy",
      "secretmanager.secrets.setIamPolicy",
    ],
  }),
  ...grantsOn("google_service_account", "service_account_id").map((type) => ({
    ...type,
    fieldRules: [
      fullNames(
        "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_service_account_iam",
        [fullNameForm("service_account_id", "projects/PROJECT/serviceAccounts/NAME")],
      ),
    ],
  })),
  {
    type: "google_project_iam_audit_config",
    label: "audit log",
    nameAttribute: null,
    fieldRules: [
      {
        id: "identity/audit-config",
        why: "Audit logs are set for one service or all of them, in three kinds; the provider passes on any word.",
        source: "https://docs.cloud.google.com/logging/docs/audit/configure-data-access",
        constraints: [
          form("service", /^(allServices|[a-z0-9-]+(\.[a-z0-9-]+)+)$/, {
            form: "allServices or the name of an API",
            examples: ["allServices", "sqladmin.googleapis.com"],
          }),
          choice("log_type", ["ADMIN_READ", "DATA_READ", "DATA_WRITE"], { within: "audit_log_config[]" }),
        ],
      },
    ],
  },
  ...grantsOn("google_storage_bucket", "bucket", { requiredRole: "roles/storage.admin" }).map((type) => ({
    ...type,
    fieldRules: [
      {
        id: "data/bucket-name",
        source: "https://docs.cloud.google.com/storage/docs/buckets#naming",
        constraints: [
          form("bucket", /^(?!gs:\/\/)[^\0]+$/, {
            form: "the name of a bucket, without gs://",
            examples: ["acme-files"],
          }),
        ],
      },
    ],
  })),
];
