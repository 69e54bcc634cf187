import { describe, expect, test } from "@jest/globals";
import { githubWildcard } from "../../../rules/identity/github-wildcard.ts";
import { POOL, PROVIDER, reported, USER, under } from "./github-fixture.ts";

describe("identity/github-wildcard", () => {
  test("rejects a star where strings are compared", () => {
    const [star] = reported(githubWildcard, { attribute_condition: 'assertion.repository == "acme/*"' });
    expect(star).toMatchObject({ severity: "error", address: PROVIDER });
    expect(star?.message).toContain(
      'attribute_condition compares with "acme/*"; fails at run time: a star is no wildcard here',
    );
    const [member] = reported(githubWildcard, {}, `${POOL}/attribute.repository/acme/*`);
    expect(member).toMatchObject({ severity: "error", address: USER });
    expect(member?.message).toContain('member names attribute.repository "acme/*"; fails at run time');
  });

  test("accepts a star in a pattern, and for all of the pool", () => {
    expect(under(githubWildcard, "assertion.repository.matches('^acme/.*$')")).toEqual([]);
    expect(reported(githubWildcard, {}, `${POOL}/*`)).toEqual([]);
  });
});
