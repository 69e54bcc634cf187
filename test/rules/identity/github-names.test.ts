import { describe, expect, test } from "@jest/globals";
import { githubNames } from "../../../rules/identity/github-names.ts";
import { POOL, PROVIDER, reported } from "./github-fixture.ts";

describe("identity/github-names", () => {
  test("warns of names alone", () => {
    const names = 'assertion.repository == "acme/shop" && assertion.ref == "refs/heads/main"';
    const byName = reported(
      githubNames,
      { attribute_condition: names },
      `${POOL}/attribute.repository/acme/shop`,
    );
    expect(byName).toMatchObject([{ severity: "warning", address: PROVIDER }]);
    expect(byName[0]?.message).toBe(
      `attribute_condition is ${names}; is a security risk: it identifies repositories by name alone, and a released name can be registered by others.`,
    );
    expect(reported(githubNames, { attribute_condition: names }, `${POOL}/*`)).toHaveLength(1);
  });

  test("accepts one id next to the names, in the condition or in each member", () => {
    const all = `${POOL}/*`;
    const withId = 'assertion.repository == "acme/shop" && assertion.repository_owner_id == "65"';
    expect(reported(githubNames, { attribute_condition: withId }, all)).toEqual([]);
    expect(reported(githubNames, { attribute_condition: 'assertion.repository == "acme/shop"' })).toEqual([]);
    const immutable = 'assertion.sub == "repo:acme@65/shop@74:ref:refs/heads/main"';
    expect(reported(githubNames, { attribute_condition: immutable }, all)).toEqual([]);
  });
});
