import { describe, expect, test } from "@jest/globals";
import { googleAccount } from "../../../rules/identity/google-account.ts";
import { check } from "../support.ts";

const member = (text: string) =>
  check(
    googleAccount,
    { google_project_iam_member: { one: { project: "acme-dev", role: "roles/run.invoker", member: text } } },
    { data: { google_project: { this: {} } } },
  ).map(({ message }) => message);

const binding = (role: string, members: unknown, type = "google_project_iam_binding") =>
  check(googleAccount, { [type]: { one: { project: "acme-dev", role, members } } }).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );

describe("identity/google-account", () => {
  test.each([
    "serviceAccount:123456@cloudservices.gserviceaccount.com",
    "serviceAccount:123456-compute@developer.gserviceaccount.com",
    "serviceAccount:123456@cloudbuild.gserviceaccount.com",
    "serviceAccount:service-123456@gcp-sa-pubsub.iam.gserviceaccount.com",
    "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com",
    "serviceAccount:service-${var.number}@serverless-robot-prod.iam.gserviceaccount.com",
    "serviceAccount:service-org-42@gcp-sa-logging.iam.gserviceaccount.com",
    "serviceAccount:acme-dev@appspot.gserviceaccount.com",
    "serviceAccount:api@acme-dev.iam.gserviceaccount.com",
  ])("%s holds", (text) => {
    expect(member(text)).toEqual([]);
  });

  test("the number is not the id", () => {
    const because =
      "rejected by the API: Google's own accounts have the number of the project in their names, not its id.";
    expect(member("serviceAccount:service-acme-dev@gcp-sa-pubsub.iam.gserviceaccount.com")).toEqual([
      `member is "serviceAccount:service-acme-dev@gcp-sa-pubsub.iam.gserviceaccount.com"; ${because}`,
    ]);
    expect(member("serviceAccount:acme-dev@cloudservices.gserviceaccount.com")).toHaveLength(1);
    expect(member("serviceAccount:acme-dev-compute@developer.gserviceaccount.com")).toHaveLength(1);
    expect(
      member(
        "serviceAccount:service-${data.google_project.this.project_id}@gcp-sa-run.iam.gserviceaccount.com",
      ),
    ).toHaveLength(1);
    expect(member("serviceAccount:123456@appspot.gserviceaccount.com")).toHaveLength(1);
  });

  test("a service agent begins with service-", () => {
    expect(member("serviceAccount:123456@gcp-sa-pubsub.iam.gserviceaccount.com")).toEqual([
      'member is "serviceAccount:123456@gcp-sa-pubsub.iam.gserviceaccount.com"; rejected by the API: the name of this service agent begins with "service-".',
    ]);
    expect(
      member("serviceAccount:${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"),
    ).toHaveLength(1);
  });

  test("authoritative editors list Google's APIs agent", () => {
    expect(binding("roles/editor", ["group:platform@example.com"])).toEqual([
      "warning: it owns roles/editor of the project and does not list NUMBER@cloudservices.gserviceaccount.com; fails at run time: Google's APIs agent loses its role, and connectors, instance groups and deployments are no longer created.",
    ]);
    const agent = "serviceAccount:123456@cloudservices.gserviceaccount.com";
    const known = "serviceAccount:${var.number}@cloudservices.gserviceaccount.com";
    expect(binding("roles/editor", ["group:platform@example.com", agent])).toEqual([]);
    expect(binding("roles/editor", ["group:platform@example.com", known])).toEqual([]);
    expect(binding("roles/editor", "${var.editors}")).toEqual([]);
    expect(binding("roles/viewer", ["group:platform@example.com"])).toEqual([]);
    expect(binding("roles/editor", ["group:a@example.com"], "google_folder_iam_binding")).toEqual([]);
  });

  test("an authoritative role of a service agent lists the agent", () => {
    expect(binding("roles/container.serviceAgent", ["group:a@example.com"])[0]).toContain(
      "the agent loses the role",
    );
    expect(
      binding("roles/container.serviceAgent", [
        "serviceAccount:service-1@container-engine-robot.iam.gserviceaccount.com",
      ]),
    ).toEqual([]);
  });

  test("a policy of a project states its editors alike", () => {
    const policy = (members: string[]) =>
      check(
        googleAccount,
        {
          google_project_iam_policy: {
            one: { project: "acme-dev", policy_data: "${data.google_iam_policy.all.policy_data}" },
          },
        },
        { data: { google_iam_policy: { all: { binding: [{ role: "roles/editor", members }] } } } },
      );
    expect(policy(["group:a@example.com"])).toHaveLength(1);
    expect(policy(["serviceAccount:1@cloudservices.gserviceaccount.com"])).toEqual([]);
  });
});
