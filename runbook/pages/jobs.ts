import type { Job } from "../../platform/schema/environment.ts";
import type { Page, RunbookContext } from "../page.ts";

/** Work that runs to its end. */
export function jobPages(context: RunbookContext, jobs: readonly Job[]) {
  const { names, region, locationFlags, projectFlag } = context;
  const scheduled = jobs.filter(({ schedule }) => schedule !== undefined);
  return {
    "job-failed": {
      means:
        "An execution of a job ended with a failed task: its work was not done. Usually it is its own code, a dependency that is out of reach, or a task that took longer than its timeout.",
      first: [
        {
          say: "Which execution failed, and when did one last succeed?",
          run: jobs.map(
            ({ name }) =>
              `gcloud run jobs executions list --job=${names.job(name)} --limit=5 ${locationFlags}`,
          ),
        },
        { say: "Ask from inside the network what is out of reach.", run: [context.preflightCommand] },
        {
          say: "The cause is gone and the work can be done twice: run it again.",
          run: jobs.map(({ name }) => `gcloud run jobs execute ${names.job(name)} --wait ${locationFlags}`),
        },
      ],
      fix: [
        "It takes longer than it may: raise `jobs.<name>.timeout`, or split the work into more `tasks`.",
        "It fails once in a while for a reason outside: `jobs.<name>.retries`, where its work can be done twice.",
      ],
      rules: ["capacity/job", "time/database-deadlines"],
      escalate: "It fails again after a second run: the owners of the job.",
      section: "Jobs",
    },
    ...(scheduled.length > 0 && {
      "job-not-run": {
        means:
          "A schedule starts no execution of its job, or none ends: its work is not done, and nothing fails that would say so.",
        first: [
          {
            say: "Is the schedule there and ENABLED, and what did its last attempt say?",
            run: scheduled.map(
              ({ name }) =>
                `gcloud scheduler jobs describe ${names.job(name)} --location=${region} ${projectFlag}`,
            ),
          },
          {
            say: "Is an execution running for too long?",
            run: scheduled.map(
              ({ name }) =>
                `gcloud run jobs executions list --job=${names.job(name)} --limit=5 ${locationFlags}`,
            ),
          },
          {
            say: "The work can be done twice: run it once by hand.",
            run: scheduled.map(
              ({ name }) => `gcloud run jobs execute ${names.job(name)} --wait ${locationFlags}`,
            ),
          },
        ],
        fix: [
          `Somebody paused or deleted the schedule: \`${context.driftCommand}\` says so, and a deployment puts it back.`,
          "PERMISSION_DENIED: its account may no longer run the job; a deployment grants it again.",
          "Executions hang: `jobs.<name>.timeout` ends them.",
        ],
        rules: ["time/cron", "reachability/job-target"],
        escalate:
          "The schedule is enabled and attempts nothing: Google's support, with its name and the time.",
        section: "Jobs",
      } satisfies Page,
    }),
  } satisfies Record<string, Page | undefined>;
}
