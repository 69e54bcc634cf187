import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../../rules/support.ts";

const template = {
  timeout: "720s",
  max_retries: 0,
  service_account: "report@acme-dev.iam.gserviceaccount.com",
  vpc_access: {
    egress: "PRIVATE_RANGES_ONLY",
    network_interfaces: { subnetwork: "${google_compute_subnetwork.run.id}" },
  },
  containers: { image: "europe-docker.pkg.dev/acme/images/report" },
};

/** Addresses that a job takes which runs 12 minutes on this schedule, from a range with 60 of them. */
function reported(schedule: object, job: object = {}): string[] {
  return [
    ...check(ruleById("capacity/direct-egress-addresses"), {
      google_compute_subnetwork: {
        run: { name: "run", ip_cidr_range: "10.8.0.0/26", region: "europe-west1" },
      },
      google_cloud_run_v2_job: {
        report: {
          name: "report",
          location: "europe-west1",
          template: { task_count: 30, parallelism: 30, template: { ...template, ...job } },
        },
      },
      google_cloud_scheduler_job: {
        report: {
          name: "report",
          region: "europe-west1",
          http_target: {
            uri: "https://run.googleapis.com/v2/projects/acme-dev/locations/europe-west1/jobs/report:run",
          },
          ...schedule,
        },
      },
    }),
  ].map(({ message }) => message);
}

test("executions of a job that overlap are counted", () => {
  expect(reported({ schedule: "*/5 * * * *" })).toContainEqual(
    expect.stringContaining("google_cloud_run_v2_job.report 96 (3 executions x 30 tasks x 1)"),
  );
});

test.each<[why: string, schedule: object, job: object]>([
  ["those that do not overlap are one", { schedule: "*/15 * * * *" }, {}],
  ["a paused schedule starts none", { schedule: "*/5 * * * *", paused: true }, {}],
  ["an unknown schedule may overlap or not", { schedule: "${var.schedule}" }, {}],
  ["so may an unknown timeout", { schedule: "*/5 * * * *" }, { timeout: "${var.timeout}" }],
  ["and unknown attempts", { schedule: "*/5 * * * *" }, { max_retries: "${var.retries}" }],
])("%s", (_, schedule, job) => {
  expect(reported(schedule, job)).toEqual([]);
});
