import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const granted = (type: string, role: string) =>
  check(ruleById("identity/role-scope"), {
    [`google_${type}_iam_member`]: { one: { role, member: "allUsers" } },
  });

test("a role is granted on what it has permissions for, or above it", () => {
  for (const [type, role] of [
    ["cloud_run_v2_service", "roles/run.invoker"],
    ["project", "roles/run.invoker"],
    ["pubsub_topic", "roles/pubsub.subscriber"],
    ["storage_bucket", "roles/storage.legacyBucketReader"],
    ["service_account", "roles/iam.workloadIdentityUser"],
    ["pubsub_topic", "roles/viewer"],
    ["pubsub_topic", "projects/acme-dev/roles/publisher"],
    ["cloudfunctions_function", "roles/cloudfunctions.invoker"],
  ] as const)
    expect(granted(type, role)).toEqual([]);
});

test("on another kind of resource it is rejected", () => {
  for (const [type, role] of [
    ["cloudfunctions2_function", "roles/run.invoker"],
    ["cloud_run_v2_service", "roles/cloudfunctions.invoker"],
    ["pubsub_subscription", "roles/pubsub.publisher"],
    ["artifact_registry_repository", "roles/run.admin"],
    ["secret_manager_secret", "roles/iam.serviceAccountUser"],
    ["project", "roles/storage.legacyBucketReader"],
  ] as const)
    expect(granted(type, role)).toMatchObject([
      { severity: "error", message: expect.stringContaining("the role has no permission for it") },
    ]);
});
