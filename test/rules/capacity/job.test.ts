import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const said = (template: object) =>
  check(ruleById("capacity/job"), {
    google_cloud_run_v2_job: { import: { name: "import", location: "europe-west1", template } },
  }).map(({ message }) => message);

test("no more tasks run at once than there are", () => {
  expect(said({ task_count: 4, parallelism: 4 })).toEqual([]);
  expect(said({ task_count: 4 })).toEqual([]);
  expect(said({ task_count: "${var.tasks}", parallelism: 9 })).toEqual([]);
  expect(said({ task_count: 4, parallelism: 5 })).toEqual([
    "template.parallelism is 5 and template.task_count is 4; rejected by the API: no more tasks run at once than there are.",
  ]);
  expect(said({ parallelism: 2 })).toEqual([
    "template.parallelism is 2 and template.task_count is not set, which means 1; rejected by the API: no more tasks run at once than there are.",
  ]);
});
