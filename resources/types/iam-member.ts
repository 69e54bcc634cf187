import type { ResourceType } from "../resource-type.ts";

/** Grants to one member. */
export const iamMembers: readonly ResourceType[] = [
  { type: "google_cloud_run_v2_job_iam_member", label: "grant", requiredRole: "roles/run.admin" },
  { type: "google_cloud_run_v2_service_iam_member", label: "grant", requiredRole: "roles/run.admin" },
  {
    type: "google_project_iam_member",
    label: "grant",
    requiredRole: "roles/resourcemanager.projectIamAdmin",
  },
  {
    type: "google_secret_manager_secret_iam_member",
    label: "grant",
    requiredRole: [
      "secretmanager.secrets.get",
      "secretmanager.secrets.getIamPolicy",
      "secretmanager.secrets.setIamPolicy",
    ],
  },
];
