import { accountEmail } from "../account-email.ts";
import type { ResourceType } from "../resource-type.ts";

/** Cloud Scheduler job. */
export const cloudSchedulerJob: ResourceType = {
  type: "google_cloud_scheduler_job",
  label: "schedule",
  requiredRole: "roles/cloudscheduler.admin",
  references: {
    "pubsub_target.topic_name": ["google_pubsub_topic"],
    "http_target.oidc_token.service_account_email": ["google_service_account"],
    "http_target.oauth_token.service_account_email": ["google_service_account"],
  },
  fieldRules: [
    accountEmail(
      "http_target.oidc_token.service_account_email",
      "http_target.oauth_token.service_account_email",
    ),
  ],
  deleteImpact: {
    destroyed: "what it started is not started any more",
    replaced: undefined,
  },
};
