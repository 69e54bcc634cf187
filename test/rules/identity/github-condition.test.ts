import { describe, expect, test } from "@jest/globals";
import { githubCondition } from "../../../rules/identity/github-condition.ts";
import { PROVIDER, reported, under } from "./github-fixture.ts";

describe("identity/github-condition", () => {
  test("rejects none, with Google's own words", () => {
    const [none] = reported(githubCondition, { attribute_condition: undefined });
    expect(none).toMatchObject({ severity: "error", address: PROVIDER });
    expect(none?.message).toContain(
      "attribute_condition is not set; rejected by the API: the attribute condition must reference one of",
    );
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
  ])("rejects what a repository of anybody can meet: %s", (condition) => {
    const [open] = reported(githubCondition, { attribute_condition: condition });
    expect(open?.message).toContain(
      "is a security risk: a repository of anybody can meet it, so workflows of strangers get in.",
    );
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
  ])("accepts what identifies the owner, and what it cannot read: %s", (condition) => {
    expect(under(githubCondition, condition)).toEqual([]);
  });
});
