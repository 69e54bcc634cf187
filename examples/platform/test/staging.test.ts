import assert from "node:assert/strict";
import { test } from "node:test";
import { checkProject } from "single-source-platform/testing";
import { project } from "../project.ts";

const { refused, template } = await checkProject(project, ["staging"]);

test("every number fits, and the rules hold", () => {
  assert.deepEqual(refused, []);
});

test("each service is in a stack of its own", () => {
  for (const service of ["web", "api"]) {
    template(`staging-service-${service}`).resourceCountIs("google_cloud_run_v2_service", 1);
  }
});
