import { type Attributes, isSet } from "../attributes.ts";
import { runTemplate } from "../cloud-run-template.ts";
import { custom, range } from "../constraints/index.ts";
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
    runTemplate("template.template"),
    {
      id: "capacity/job",
      why: "The provider checks none of the numbers of a job; Cloud Run rejects those out of bounds.",
      source: cloudRunLimits.taskRetries.source,
      constraints: [
        range("template.task_count", { low: 1, high: cloudRunLimits.tasks, zeroIsUnset: true }),
        range("template.parallelism", { low: 0 }),
        custom("template.parallelism is not above template.task_count", moreThanTasks),
        range("template.template.max_retries", { low: 0, high: cloudRunLimits.taskRetries }),
      ],
    },
  ],
};

function* moreThanTasks(job: Attributes) {
  const parallelism = job.number("template.parallelism") ?? 0;
  const tasks = isSet(job, "template.task_count") ? job.number("template.task_count") : 1;
  if (tasks === undefined || tasks === 0 || parallelism <= tasks) return;
  yield {
    found: `template.parallelism is ${parallelism} and template.task_count is ${isSet(job, "template.task_count") ? tasks : "not set, which means 1"}`,
    because: "no more tasks run at once than there are",
    fix: `Set parallelism to ${tasks} or less, or raise task_count.`,
  };
}
