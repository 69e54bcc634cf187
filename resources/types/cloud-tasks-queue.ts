import { form, order, range } from "../constraints/index.ts";
import { taskLimits as limits } from "../limits.ts";
import type { ResourceType } from "../resource-type.ts";

/** Queue of Cloud Tasks. */
export const cloudTasksQueue: ResourceType = {
  type: "google_cloud_tasks_queue",
  label: "task queue",
  nameScope: "region",
  requiredRole: "roles/cloudtasks.queueAdmin",
  deleteImpact: { destroyed: "tasks that are not done yet are lost", holdsData: true },
  fieldRules: [
    {
      id: "capacity/task-queue",
      why: "The provider passes on the rates and retries of a queue as they are, and Cloud Tasks rejects those outside its bounds.",
      source: limits.dispatchesHigh.source,
      constraints: [
        form("name", /^[A-Za-z0-9-]{1,100}$/, {
          form: "1 to 100 letters, digits and hyphens",
          examples: ["mails"],
          source: "https://docs.cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues",
        }),
        range("rate_limits.max_dispatches_per_second", { low: 0, high: limits.dispatchesHigh }),
        range("rate_limits.max_concurrent_dispatches", { low: 0, high: limits.concurrentDispatchesHigh }),
        form("http_target.uri_override.host", /^[^/:\s\0]+$/, {
          form: "a host name without scheme and path",
          examples: ["orders.example.com"],
          source:
            "https://docs.cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues#UriOverride",
        }),
        range("stackdriver_logging_config.sampling_ratio", { low: 0, high: 1 }),
        order("retry_config.min_backoff", "retry_config.max_backoff", { measure: "duration", orEqual: true }),
      ],
    },
  ],
};
