import { describe, expect, test } from "@jest/globals";
import { githubCondition } from "../../../rules/identity/github-condition.ts";
import { githubMapping } from "../../../rules/identity/github-mapping.ts";
import { githubMembers } from "../../../rules/identity/github-members.ts";
import { githubNames } from "../../../rules/identity/github-names.ts";
import { githubWildcard } from "../../../rules/identity/github-wildcard.ts";
import type { Rule } from "../../../rules/rule.ts";
import { type Body, type Parts, saidOf } from "../platform.ts";
import type { Said } from "../support.ts";

const PROVIDER = "google_iam_workload_identity_pool_provider.github";
const USER = "google_service_account_iam_member.ci";
const POOL = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}";
const CORRECT =
  'assertion.repository_id == "74" && assertion.repository_owner_id == "65" && assertion.ref == "refs/heads/main"';

/** A correct provider for GitHub, and an account that may change a project, with something changed. */
function said(rule: Rule, provider: Body, member = `${POOL}/attribute.repository_id/74`): Said[] {
  return saidOf(rule, (parts: Parts) => {
    parts.set("google_iam_workload_identity_pool.github", { workload_identity_pool_id: "github" });
    parts.set(PROVIDER, {
      workload_identity_pool_id: "${google_iam_workload_identity_pool.github.workload_identity_pool_id}",
      workload_identity_pool_provider_id: "github",
      attribute_mapping: {
        "google.subject": "assertion.sub",
        "attribute.repository": "assertion.repository",
        "attribute.repository_id": "assertion.repository_id",
        "attribute.event": "assertion.event_name",
      },
      attribute_condition: CORRECT,
      oidc: [{ issuer_uri: "https://token.actions.githubusercontent.com" }],
      ...provider,
    });
    parts.set("google_service_account.ci", { account_id: "ci-deployer" });
    parts.set("google_project_iam_member.ci", {
      project: "acme-dev",
      role: "roles/resourcemanager.projectIamAdmin",
      member: "serviceAccount:${google_service_account.ci.email}",
    });
    parts.set(USER, {
      service_account_id: "${google_service_account.ci.name}",
      role: "roles/iam.workloadIdentityUser",
      member,
    });
  });
}

const under = (rule: Rule, condition: unknown): string[] =>
  said(rule, { attribute_condition: condition }).map(({ severity, address }) => `${severity} ${address}`);

const RULES = [githubCondition, githubMapping, githubMembers, githubNames, githubWildcard];

test.each(RULES)("$id holds for a correct provider and its account", (rule) => {
  expect(said(rule, {})).toEqual([]);
});

test.each(RULES)(
  "$id asks nothing of other issuers, of providers that are off, and of what is not known",
  (rule) => {
    const condition = { attribute_condition: undefined, attribute_mapping: {} };
    expect(said(rule, { ...condition, oidc: [{ issuer_uri: "https://gitlab.com" }] })).toEqual([]);
    expect(said(rule, { ...condition, disabled: true })).toEqual([]);
    expect(
      said(rule, { attribute_condition: "${var.password}", attribute_mapping: "${var.password}" }),
    ).toEqual([]);
  },
);

describe("identity/github-condition", () => {
  test("refuses none, with Google's own words", () => {
    const [none] = said(githubCondition, { attribute_condition: undefined });
    expect(none).toMatchObject({ severity: "error", address: PROVIDER });
    expect(none?.message).toContain("refused at apply: the attribute condition must reference one of");
    for (const nothing of ["", "true", '"a" == "a"'])
      expect(under(githubCondition, nothing)).toEqual([`error ${PROVIDER}`]);
  });

  test.each([
    'assertion.ref == "refs/heads/main"',
    'assertion.ref == "refs/heads/main" && assertion.environment == "production"',
    'assertion.repository == "acme/shop" || assertion.ref == "refs/heads/main"',
    "(assertion.repository == 'acme/shop' || (assertion.event_name == 'push'))",
    'assertion.repository_owner != "evil"',
    "has(assertion.repository)",
    'assertion.repository.startsWith("acme")',
    "assertion.repository.endsWith('/shop')",
    'assertion.sub.startsWith("repo:")',
    'assertion.sub.contains("acme/shop")',
    'assertion.repository.matches("acme/.*")',
    'assertion.repository.matches(".*")',
    "attribute.event == 'push'",
  ])("refuses what a repository of anybody's can meet: %s", (condition) => {
    const [open] = said(githubCondition, { attribute_condition: condition });
    expect(open?.message).toContain("breaks at run time: strangers' workflows get in");
  });

  test.each([
    'assertion.repository_owner_id == "65"',
    "assertion['repository'] == 'acme/shop'",
    'assertion.repository == "acme/shop" || assertion.repository == "acme/web"',
    'assertion.repository_owner in ["acme", "acme-labs"]',
    "assertion.repository_owner == '${var.password}'",
    "attribute.repository == 'acme/a && b' && attribute.event == 'push'",
    'google.subject == "repo:acme/shop:ref:refs/heads/main"',
    'google.subject.startsWith("repo:acme/shop:")',
    'assertion.repository.startsWith("acme/")',
    'assertion.repository.matches("^acme/(a|b)$")',
    "assertion.sub.matches('repo:acme/shop:ref:refs/(heads/main|tags/.*)')",
    'assertion.sub.contains("repo:acme/shop:")',
    "assertion.repository.split('/')[0] == 'acme'",
    "assertion.enterprise_id == '12'",
    "assertion.actor_id == '12'",
    "assertion.sub.matches('${var.password}')",
    "!(assertion.repository_owner != 'acme')",
    "assertion.ref == 'refs/heads/main' ? assertion.repository == 'acme/shop' : false",
    "attribute.of_a_mapping_elsewhere == 'acme'",
  ])("takes what says whose it is, and what it cannot read: %s", (condition) => {
    expect(under(githubCondition, condition)).toEqual([]);
  });
});

describe("identity/github-mapping", () => {
  test("wants google.subject", () => {
    const [none] = said(githubMapping, {
      attribute_mapping: { "attribute.repository_id": "assertion.repository_id" },
    });
    expect(none).toMatchObject({ severity: "error", address: PROVIDER });
    expect(none?.message).toContain("lacks google.subject; refused at apply");
  });

  test("wants what the condition and the members ask for", () => {
    const [condition] = said(githubMapping, { attribute_condition: 'attribute.owner_id == "65"' });
    expect(condition).toMatchObject({ severity: "error", address: PROVIDER });
    expect(condition?.message).toContain("asks for attribute.owner_id, which its attribute_mapping does not");
    const [member] = said(githubMapping, {}, `${POOL}/attribute.owner_id/65`);
    expect(member).toMatchObject({ severity: "error", address: USER });
    expect(member?.message).toContain(`asks for attribute.owner_id, which ${PROVIDER} does not map`);
    const literal = "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools";
    expect(said(githubMapping, {}, `${literal}/github/attribute.owner_id/65`)).toHaveLength(1);
    expect(said(githubMapping, {}, `${literal}/other/attribute.owner_id/65`)).toEqual([]);
  });
});

describe("identity/github-names", () => {
  test("warns of names alone", () => {
    const names = 'assertion.repository == "acme/shop" && assertion.ref == "refs/heads/main"';
    const byName = said(
      githubNames,
      { attribute_condition: names },
      `${POOL}/attribute.repository/acme/shop`,
    );
    expect(byName).toMatchObject([{ severity: "warning", address: PROVIDER }]);
    expect(byName[0]?.message).toContain(`by name alone: ${names}`);
    expect(said(githubNames, { attribute_condition: names }, `${POOL}/*`)).toHaveLength(1);
  });

  test("takes one id beside the names, in the condition or in each member", () => {
    const all = `${POOL}/*`;
    const withId = 'assertion.repository == "acme/shop" && assertion.repository_owner_id == "65"';
    expect(said(githubNames, { attribute_condition: withId }, all)).toEqual([]);
    expect(said(githubNames, { attribute_condition: 'assertion.repository == "acme/shop"' })).toEqual([]);
    const immutable = 'assertion.sub == "repo:acme@65/shop@74:ref:refs/heads/main"';
    expect(said(githubNames, { attribute_condition: immutable }, all)).toEqual([]);
  });
});

describe("identity/github-wildcard", () => {
  test("refuses a star where letters are compared", () => {
    const [star] = said(githubWildcard, { attribute_condition: 'assertion.repository == "acme/*"' });
    expect(star).toMatchObject({ severity: "error", address: PROVIDER });
    expect(star?.message).toContain('compares with "acme/*" letter by letter');
    const [member] = said(githubWildcard, {}, `${POOL}/attribute.repository/acme/*`);
    expect(member).toMatchObject({ severity: "error", address: USER });
    expect(member?.message).toContain('wants attribute.repository to be "acme/*"');
  });

  test("takes a star in a pattern, and for all of the pool", () => {
    expect(under(githubWildcard, "assertion.repository.matches('^acme/.*$')")).toEqual([]);
    expect(said(githubWildcard, {}, `${POOL}/*`)).toEqual([]);
  });
});

describe("identity/github-members", () => {
  const owner = { attribute_condition: 'assertion.repository_owner_id == "65"' };

  test("warns of a whole pool that admits more than one repository, with rights over a project", () => {
    const [all] = said(githubMembers, owner, `${POOL}/*`);
    expect(all).toMatchObject({ severity: "warning", address: USER });
    expect(all?.message).toBe(
      `it lets every repository that ${PROVIDER} admits hold roles/resourcemanager.projectIamAdmin over a project as google_service_account.ci.`,
    );
    expect(said(githubMembers, {}, `${POOL}/*`)).toEqual([]);
    expect(said(githubMembers, owner)).toEqual([]);
  });

  test("warns of pull requests", () => {
    const subject = POOL.replace("principalSet", "principal");
    for (const member of [
      `${subject}/subject/repo:acme/shop:pull_request`,
      `${POOL}/attribute.event/pull_request`,
    ])
      expect(said(githubMembers, {}, member)[0]?.message).toContain(
        "lets pull requests, whose code nobody has",
      );
    expect(said(githubMembers, {}, `${POOL}/attribute.event/push`)).toEqual([]);
    expect(said(githubMembers, {}, `${subject}/subject/repo:acme/shop:ref:refs/heads/main`)).toEqual([]);
  });
});
