import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";
import { type Workload, workloads } from "../workload/index.ts";

const { tasks, taskRetries } = cloudRunLimits;

/** How much one job may be asked to do. */
export const job: Rule = {
  id: "capacity/job",
  why: "The provider checks none of the numbers of a job; Cloud Run rejects those out of bounds.",
  limit: `task_count up to ${tasks.value}, max_retries 0 to ${taskRetries.value}`,
  fix: "Bring the value within its bound.",
  source: taskRetries.source,
  *check(graph) {
    for (const workload of workloads(graph))
      if (workload.kind === "job")
        for (const message of violations(workload)) yield { resource: workload.resource, message };
  },
};

function* violations({ resource }: Workload): Iterable<string> {
  const count = resource.number("template.task_count");
  if (count !== undefined && (count < 0 || count > tasks.value))
    yield `task_count is ${count}; rejected by the API: a job has 1 to ${tasks.value} tasks.`;
  const parallelism = resource.number("template.parallelism");
  if (parallelism !== undefined && parallelism < 0)
    yield `parallelism is ${parallelism}; rejected by the API: it must not be negative.`;
  const retries = resource.number("template.template.max_retries");
  if (retries !== undefined && (retries < 0 || retries > taskRetries.value))
    yield `max_retries is ${retries}; rejected by the API: it must be 0 to ${taskRetries.value}.`;
}
