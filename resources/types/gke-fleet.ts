import { order } from "../constraints/index.ts";
import { lowerCaseName } from "../name-form.ts";
import type { ResourceType } from "../resource-type.ts";

/** What belongs to clusters of Kubernetes Engine, outside of them. */
export const gkeFleet: readonly ResourceType[] = [
  {
    type: "google_gke_hub_membership",
    label: "fleet membership",
    nameAttribute: "membership_id",
    fieldRules: [
      lowerCaseName(
        "https://docs.cloud.google.com/anthos/fleet-management/docs/reference/rest/v1/projects.locations.memberships/create",
        { attribute: "membership_id" },
      ),
    ],
  },
  {
    type: "google_gke_backup_backup_plan",
    label: "backup plan",
    references: { cluster: ["google_container_cluster"] },
    deleteImpact: { destroyed: "no backups are made any more" },
    fieldRules: [
      {
        id: "capacity/gke-shape",
        source:
          "https://docs.cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/reference/rest/v1/projects.locations.backupPlans#RetentionPolicy",
        constraints: [
          order("retention_policy.backup_delete_lock_days", "retention_policy.backup_retain_days", {
            orEqual: true,
            zeroIsUnset: true,
            because: "a backup is deleted when its time is over",
            fix: "Set backup_delete_lock_days to backup_retain_days or less.",
          }),
        ],
      },
    ],
  },
];
