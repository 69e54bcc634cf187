import { range } from "../constraints/index.ts";
import { cloudRunLimits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";

/** Cloud Run job. */
export const cloudRunJob: ResourceType = {
  type: "google_cloud_run_v2_job",
  label: "job",
  collection: "jobs",
  externalKind: "job",
  encryptionKey: { attribute: "template.template.encryption_key", agent: "serverless-robot-prod" },
  requiredRole: "roles/run.admin",
  deleteImpact: { safe: "runs when it is started; what starts it is judged itself" },
  fieldRules: [
    {
      id: "capacity/job",
      why: "The provider checks none of the numbers of a job; Cloud Run rejects those out of bounds.",
      source: cloudRunLimits.taskRetries.source,
      constraints: [
        range("template.task_count", { low: 1, high: cloudRunLimits.tasks, zeroIsUnset: true }),
        range("template.parallelism", { low: 0 }),
        range("template.template.max_retries", { low: 0, high: cloudRunLimits.taskRetries }),
      ],
    },
  ],
};
