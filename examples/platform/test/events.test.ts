import { test } from "node:test";
import { checkProject } from "single-source-platform/testing";
import { project } from "../project.ts";

const { template } = await checkProject(project, ["staging"]);

test("the service api may publish orders", () => {
  template("staging-events").hasResourceProperties("google_pubsub_topic_iam_member", {
    role: "roles/pubsub.publisher",
    member: "serviceAccount:staging-api-run@acme-staging.iam.gserviceaccount.com",
  });
});
