import { describe, expect, test } from "@jest/globals";
import { graphFromTerraformJson } from "../../../graph/index.ts";
import { rulesOf } from "../../../rules/index.ts";
import { platform } from "../platform.ts";
import { check } from "../support.ts";

const variable = { password: { type: "string", sensitive: true } };

describe("the rules of reachability and identity", () => {
  test.each([...rulesOf("reachability"), ...rulesOf("identity")])(
    "$id has nothing to say of a correct platform",
    (rule) => {
      expect(check(rule, platform(), { variable })).toEqual([]);
    },
  );

  test.each([...rulesOf("reachability"), ...rulesOf("identity")])(
    "$id keeps two stacks with the same addresses apart",
    (rule) => {
      const documents = ["acme-dev", "acme-prod"].map((project) => {
        const resource = JSON.parse(JSON.stringify(platform()).replaceAll("acme-dev", project));
        return {
          origin: project,
          json: { variable, provider: { google: { project, region: "europe-west1" } }, resource },
        };
      });
      expect([...rule.check(graphFromTerraformJson(documents))]).toEqual([]);
    },
  );

  test("every id is unique and belongs to its family", () => {
    const ids = rulesOf("reachability").map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id.startsWith("reachability/"))).toBe(true);
  });

  test.each([...rulesOf("reachability"), ...rulesOf("identity")])(
    "$id has nothing to say of an empty input",
    (rule) => {
      expect(check(rule, {})).toEqual([]);
    },
  );
});
