import { describe, expect, test } from "@jest/globals";
import { identityRules } from "../../../rules/identity/index.ts";
import { reachabilityRules } from "../../../rules/reachability/index.ts";
import { platform } from "../platform.ts";
import { check } from "../support.ts";

const variable = { password: { type: "string", sensitive: true } };

describe("the rules of reachability and identity", () => {
  test.each([...reachabilityRules, ...identityRules])(
    "$id has nothing to say of a correct platform",
    (rule) => {
      expect(check(rule, platform(), { variable })).toEqual([]);
    },
  );

  test("every id is unique and belongs to its family", () => {
    const ids = reachabilityRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id.startsWith("reachability/"))).toBe(true);
  });

  test.each([...reachabilityRules, ...identityRules])("$id has nothing to say of an empty input", (rule) => {
    expect(check(rule, {})).toEqual([]);
  });
});
