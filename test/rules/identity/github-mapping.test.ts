import { describe, expect, test } from "@jest/globals";
import { githubMapping } from "../../../rules/identity/github-mapping.ts";
import { POOL, PROVIDER, reported, USER } from "./github-fixture.ts";

describe("identity/github-mapping", () => {
  test("requires google.subject", () => {
    const [none] = reported(githubMapping, {
      attribute_mapping: { "attribute.repository_id": "assertion.repository_id" },
    });
    expect(none).toMatchObject({ severity: "error", address: PROVIDER });
    expect(none?.message).toContain("attribute_mapping has no google.subject; rejected by the API");
  });

  test("requires what the condition and the members name", () => {
    const [condition] = reported(githubMapping, { attribute_condition: 'attribute.owner_id == "65"' });
    expect(condition).toMatchObject({ severity: "error", address: PROVIDER });
    expect(condition?.message).toContain("attribute_condition names attribute.owner_id; fails at run time");
    const [member] = reported(githubMapping, {}, `${POOL}/attribute.owner_id/65`);
    expect(member).toMatchObject({ severity: "error", address: USER });
    expect(member?.message).toContain(
      `member names attribute.owner_id; fails at run time: ${PROVIDER} does not map it`,
    );
    const literal = "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools";
    expect(reported(githubMapping, {}, `${literal}/github/attribute.owner_id/65`)).toHaveLength(1);
    expect(reported(githubMapping, {}, `${literal}/other/attribute.owner_id/65`)).toEqual([]);
  });
});
