import { describe, expect, test } from "@jest/globals";
import { githubMembers } from "../../../rules/identity/github-members.ts";
import { POOL, PROVIDER, reported, USER } from "./github-fixture.ts";

describe("identity/github-members", () => {
  const owner = { attribute_condition: 'assertion.repository_owner_id == "65"' };

  test("warns of a whole pool that admits more than one repository, with roles on a project", () => {
    const [all] = reported(githubMembers, owner, `${POOL}/*`);
    expect(all).toMatchObject({ severity: "warning", address: USER });
    expect(all?.message).toBe(
      `member includes every repository that ${PROVIDER} admits; is a security risk: they hold roles/resourcemanager.projectIamAdmin on a project as google_service_account.ci.`,
    );
    expect(reported(githubMembers, {}, `${POOL}/*`)).toEqual([]);
    expect(reported(githubMembers, owner)).toEqual([]);
  });

  test("warns of pull requests", () => {
    const subject = POOL.replace("principalSet", "principal");
    for (const member of [
      `${subject}/subject/repo:acme/shop:pull_request`,
      `${POOL}/attribute.event/pull_request`,
    ])
      expect(reported(githubMembers, {}, member)[0]?.message).toContain(
        "member includes pull requests, whose code is unreviewed; is a security risk",
      );
    expect(reported(githubMembers, {}, `${POOL}/attribute.event/push`)).toEqual([]);
    expect(reported(githubMembers, {}, `${subject}/subject/repo:acme/shop:ref:refs/heads/main`)).toEqual([]);
  });
});
