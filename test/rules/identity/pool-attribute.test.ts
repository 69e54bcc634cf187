import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const POOL = "${google_iam_workload_identity_pool.ci.workload_identity_pool_id}";
const gitlab = {
  workload_identity_pool_id: POOL,
  attribute_mapping: {
    "google.subject": "assertion.sub",
    "attribute.namespace_id": "assertion.namespace_id",
  },
  attribute_condition: "attribute.namespace_id == '8812345'",
  oidc: { issuer_uri: "https://gitlab.com" },
};
const aws = { workload_identity_pool_id: POOL, aws: { account_id: "123456789012" } };

const said = (by: string, providers: object) => {
  const resources: Resources = {
    google_iam_workload_identity_pool: { ci: { workload_identity_pool_id: "ci-jobs" } },
    google_iam_workload_identity_pool_provider: { ...providers },
    google_service_account_iam_member: {
      deployer: {
        service_account_id: "projects/acme-dev/serviceAccounts/deployer@acme-dev.iam.gserviceaccount.com",
        role: "roles/iam.workloadIdentityUser",
        member: `principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.ci.name}/${by}`,
      },
    },
  };
  return check(ruleById("identity/pool-attribute"), resources).map(
    ({ address, message }) => `${address}: ${message}`,
  );
};

test("an attribute that some provider of the pool maps is one", () => {
  expect(said("attribute.namespace_id/8812345", { gitlab })).toEqual([]);
  expect(said("attribute.aws_role/etl", { gitlab, aws })).toEqual([]);
  expect(said("*", { gitlab })).toEqual([]);
});

test("one that none maps is nobody's", () => {
  expect(said("attribute.project_path/acme/infra", { gitlab, aws })).toEqual([
    "google_service_account_iam_member.deployer: member names attribute.project_path; fails at run time: google_iam_workload_identity_pool_provider.gitlab and google_iam_workload_identity_pool_provider.aws do not map it, so no principal matches.",
  ]);
  expect(said("*", { gitlab: { ...gitlab, attribute_condition: "attribute.group == 'a'" } })).toEqual([
    "google_iam_workload_identity_pool_provider.gitlab: attribute_condition names attribute.group; fails at run time (or is rejected by the API): attribute_mapping does not map it, so no principal matches.",
  ]);
});

test("what is not known may map it", () => {
  expect(
    said("attribute.project_path/a", { gitlab, other: { workload_identity_pool_id: "${var.pool}" } }),
  ).toEqual([]);
  expect(
    said("attribute.project_path/a", { gitlab: { ...gitlab, attribute_mapping: "${var.mapping}" } }),
  ).toEqual([]);
});

test("a pool of GitHub alone is left to identity/github-mapping", () => {
  const github = { ...gitlab, oidc: { issuer_uri: "https://token.actions.githubusercontent.com" } };
  expect(said("attribute.repository/a", { github })).toEqual([]);
});
