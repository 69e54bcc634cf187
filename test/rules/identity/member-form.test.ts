import { describe, expect, test } from "@jest/globals";
import { memberForm } from "../../../rules/identity/member-form.ts";
import { saidOf } from "../platform.ts";
import { check } from "../support.ts";

const SQL_GRANT = "google_project_iam_member.sql";

describe("identity/member-form", () => {
  const member = (value: string) => saidOf(memberForm, (parts) => parts.set(SQL_GRANT, { member: value }));

  test("requires the prefix of the kind", () => {
    expect(member("api-runtime@acme-dev.iam.gserviceaccount.com")[0]?.message).toContain(
      "rejected by the API: the prefix of its kind is missing, such as serviceAccount:.",
    );
    for (const word of ["everyone", "allusers"])
      expect(member(word)[0]?.message).toContain(`member is "${word}"; rejected by the API`);
    expect(member("${var.password}")).toEqual([]);
    expect(member("serviceAccount:123-compute@developer.gserviceaccount.com")).toEqual([]);
    expect(
      member("principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*"),
    ).toEqual([]);
    expect(member("${google_service_account.api.member}")).toEqual([]);
  });

  /** The kind: the prefix before another attribute of an account than its email. */
  test("what follows the prefix is the email of an account", () => {
    const said = (attribute: string) =>
      check(memberForm, {
        google_service_account: { api: { account_id: "api-runtime" } },
        google_project_iam_member: {
          api: {
            role: "roles/run.invoker",
            member: `serviceAccount:\${google_service_account.api.${attribute}}`,
          },
        },
      }).map(({ message }) => message);
    expect(said("email")).toEqual([]);
    for (const wrong of ["name", "id", "unique_id"])
      expect(said(wrong)).toEqual([
        `member is serviceAccount: and google_service_account.api.${wrong}; rejected by the API: an account is named by its email.`,
      ]);
  });

  test("an email alone has no prefix, though its project is not known", () => {
    const resources = {
      google_service_account: { api: { account_id: "api-runtime" } },
      google_project_iam_member: {
        api: { role: "roles/run.invoker", member: "${google_service_account.api.email}" },
      },
    };
    expect(check(memberForm, resources, { provider: {} })).toMatchObject([
      {
        severity: "error",
        message:
          "member is google_service_account.api.email; rejected by the API: the prefix of its kind is missing, such as serviceAccount:.",
      },
    ]);
  });

  test("requires the number of the project of a workload identity pool", () => {
    const pool = (project: string) =>
      `principalSet://iam.googleapis.com/projects/${project}/locations/global/workloadIdentityPools/github/attribute.repository/acme/app`;
    for (const project of ["123456789012", "${data.google_project.this.number}", "${var.project}"])
      expect(member(pool(project))).toEqual([]);
    expect(member(pool("acme-dev"))[0]).toMatchObject({
      severity: "error",
      message:
        'member names its workload identity pool by the project "acme-dev"; rejected by the API: a principal has the number of the project.',
    });
  });

  test("requires an account that exists", () => {
    const [found] = member("serviceAccount:api-runtme@acme-dev.iam.gserviceaccount.com");
    expect(found).toMatchObject({ severity: "error", address: SQL_GRANT });
    expect(found?.message).toContain('the nearest is google_service_account.api ("api-runtime")');
    expect(member("serviceAccount:ci@other-project.iam.gserviceaccount.com")).toEqual([]);
  });
});
