import { expect, test } from "@jest/globals";
import { forbiddenRemedy } from "../../google/forbidden.ts";

test.each([
  [
    "Cloud Run Admin API has not been used in project 1 before or it is disabled. Enable it by visiting ...",
    "enable the API (stack foundation), and wait some minutes after that",
  ],
  ["This API method requires billing to be enabled.", "link the project with a billing account"],
  [
    "Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: x",
    "a VPC Service Controls perimeter denies access: run the command from inside it, or ask its owners",
  ],
  [
    "Your application is authenticating by using local Application Default Credentials. The API requires a quota project",
    'run "gcloud auth application-default set-quota-project" with a project that you may use',
  ],
  [
    "Request had insufficient authentication scopes.",
    "the credentials lack the scope cloud-platform: create them again with it",
  ],
  [
    "Permission 'run.jobs.runWithOverrides' denied on resource",
    "give your account roles/run.developer, and enable the API (stack foundation)",
  ],
  ["", "give your account roles/run.developer, and enable the API (stack foundation)"],
])("a 403 with %j has its own remedy", (said, remedy) => {
  expect(forbiddenRemedy(said, "roles/run.developer")).toBe(remedy);
});
