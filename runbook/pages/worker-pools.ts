import type { WorkerPool } from "../../platform/schema/environment.ts";
import type { Page, RunbookContext } from "../page.ts";

/** Instances that always run. */
export function workerPoolPages(context: RunbookContext, pools: readonly WorkerPool[]) {
  const { names, locationFlags } = context;
  return {
    "workers-missing": {
      means:
        "A worker pool has had fewer instances than it states for as long as a start may take: they do not start, or end again. What they fetch waits in its queue.",
      first: [
        {
          say: "Is its newest revision ready? The message says what Cloud Run is missing.",
          run: pools.map(
            ({ name }) => `gcloud run worker-pools describe ${names.workerPool(name)} ${locationFlags}`,
          ),
        },
        { say: "Ask from inside the network what is out of reach.", run: [context.preflightCommand] },
        {
          say: "It began with a new image: write the one before it, and deploy. A worker pool has no traffic that could be moved back.",
          run: [`npm run set-image -- ${context.name} NAME IMAGE@DIGEST`],
        },
      ],
      fix: [
        "It ends by itself: its log says why; memory that runs out is `workerPools.<name>.memory`.",
        "It takes longer to start than its probe allows: `workerPools.<name>.startupProbe.failureThreshold`.",
        "It should have fewer: `workerPools.<name>.instanceCount`.",
      ],
      rules: ["capacity/cpu-memory", "time/probe-bounds"],
      escalate:
        "The revision is ready and instances are still missing: Google's support, with the name of the pool and the time.",
      section: "Worker pools",
    },
  } satisfies Record<string, Page>;
}
