import { describe, expect, test } from "@jest/globals";
import { runbookContext } from "../../runbook/page.ts";
import { runbook, runbookPages } from "../../runbook/runbook.ts";
import { longestPause } from "../../values/cron-times.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const { plan } = changedShape("nightly");
const HOUR = 3600;

describe("the longest pause of a schedule", () => {
  test.each<[string, number | undefined]>([
    ["*/15 * * * *", HOUR / 4],
    ["0 3 * * *", 24 * HOUR],
    // From Friday to Monday.
    ["0 3 * * 1-5", 72 * HOUR],
    // A leap day comes after four years.
    ["0 0 1 * *", 31 * 24 * HOUR],
    ["every 5 minutes", undefined],
    ["99 * * * *", undefined],
  ])("%s", (schedule, pause) => expect(longestPause(schedule)).toBe(pause));
});

describe("a job that does not run for its schedule", () => {
  const scheduled = (schedule: string, more: object = {}) =>
    plan((draft: Draft) => {
      for (const job of draft.jobs) delete job.schedule;
      Object.assign(draft.jobs[0], { schedule, timeout: 600, tasks: 1, parallelism: 1, retries: 1, ...more });
    });
  const idsOf = (subject: ReturnType<typeof plan>) =>
    subject.alerts.map(({ id }) => id).filter((id) => id.includes("-job-"));
  const [first] = plan().jobs ?? [];
  const name = first?.name ?? "";

  test("is a ticket where the scheduler could not start it, and where none has ended for too long", () => {
    const subject = scheduled("*/30 * * * *");
    expect(idsOf(subject)).toEqual(
      expect.arrayContaining([`${name}-job-failed`, `${name}-job-not-started`, `${name}-job-silent`]),
    );
    const [silent] = subject.alerts.filter(({ id }) => id === `${name}-job-silent`);
    // 30 min until the next start, 2 tries of 10 min, and 10 min for the start.
    expect(silent?.conditions).toMatchObject([{ kind: "absence", duration: 60 * 60 }]);
    const [refused] = subject.alerts.filter(({ id }) => id === `${name}-job-not-started`);
    expect(refused?.conditions).toMatchObject([
      {
        kind: "log",
        filter: `resource.type="cloud_scheduler_job" AND resource.labels.job_id="nightly-${name}" AND severity>=ERROR`,
      },
    ]);
    expect(runbookPages(runbookContext(subject))["job-not-run"]?.first[0]?.run).toEqual([
      `gcloud scheduler jobs describe nightly-${name} --location=europe-west1 --project=acme-web`,
    ]);
  });

  test("a silence longer than Monitoring can see is watched by its scheduler and its failures alone", () => {
    expect(idsOf(scheduled("0 3 * * *")).filter((id) => id.startsWith(name))).toEqual([
      `${name}-job-failed`,
      `${name}-job-not-started`,
    ]);
  });

  test("a job by hand has neither, and no page", () => {
    const subject = plan((draft: Draft) => {
      for (const job of draft.jobs) delete job.schedule;
    });
    expect(idsOf(subject).filter((id) => !id.endsWith("-job-failed"))).toEqual([]);
    expect(runbook(subject)).not.toContain("job-not-run");
  });
});

describe("messages of the incidents in logs of jobs and worker pools", () => {
  test("count as those of services do, each by its kind", () => {
    const subject = changedShape("workers").plan((draft: Draft) => {
      draft.jobs = [
        {
          ...Object.fromEntries(
            Object.entries(draft.workerPools[0]).filter(([key]) =>
              ["image", "cpu", "memory", "path", "database"].includes(key),
            ),
          ),
          name: "report",
          timeout: 600,
        },
      ];
    });
    expect(Object.keys(subject.logMetrics)).toEqual(
      expect.arrayContaining([
        "socket-connection-failed",
        "socket-connection-failed-jobs",
        "socket-connection-failed-worker-pools",
      ]),
    );
    expect(subject.logMetrics["socket-connection-failed-worker-pools"]?.filter).toBe(
      'resource.type="cloud_run_worker_pool" AND resource.labels.worker_pool_name=("workers-kafka") AND (textPayload:"Socket connection failed" OR jsonPayload.message:"Socket connection failed")',
    );
    const alert = subject.alerts.find(({ id }) => id === "log-socket-connection-failed");
    expect(alert?.title).toBe('Services, jobs and worker pools log "Socket connection failed"');
    expect(
      alert?.conditions.map((condition) => "query" in condition && condition.query.terms[0]?.by),
    ).toEqual([["service_name"], ["job_name"], ["worker_pool_name"]]);
  });

  test("are not asked of what has no database", () => {
    expect(Object.keys(changedShape("alone").plan().logMetrics)).toEqual(["drift"]);
  });
});

test("a schedule of a day that no month has is refused: its job would never start, and no alert could tell", () => {
  const issues = changedShape("nightly").issues((draft: Draft) => {
    draft.jobs[0].schedule = "0 3 30 2 *";
  });
  expect(issues).toEqual([expect.stringMatching(/schedule is "0 3 30 2 \*": no month .* has such a day/)]);
});
