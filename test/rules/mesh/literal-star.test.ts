import { describe, expect, test } from "@jest/globals";
import { literalStar } from "../../../rules/mesh/literal-star.ts";
import { checkYaml, virtualService } from "./support.ts";

const matching = (match: string) =>
  checkYaml(literalStar, virtualService("web", `http: [{ match: [${match}] }]`));

describe("mesh/literal-star", () => {
  test.each([
    "{ uri: { prefix: /api/ } }",
    '{ uri: { regex: "/api/.*" } }',
    '{ headers: { accept: { exact: "*/*" } } }',
  ])("%s passes", async (match) => {
    expect(await matching(match)).toEqual([]);
  });

  test.each([
    ['{ uri: { prefix: "/api/*" } }', "uri.prefix", "/api/*", 'Write prefix: "/api/".'],
    ['{ uri: { exact: "/api/*" } }', "uri.exact", "/api/*", 'Write prefix: "/api/".'],
    [
      '{ uri: { prefix: "/v1.0/*/orders" } }',
      "uri.prefix",
      "/v1.0/*/orders",
      'Write regex: "/v1\\.0/.*/orders" instead of prefix.',
    ],
    [
      '{ authority: { exact: "*.example.com" } }',
      "authority.exact",
      "*.example.com",
      'Write regex: ".*\\.example\\.com" instead of exact.',
    ],
  ])("%s", async (match, path, text, fix) => {
    expect(await matching(match)).toMatchObject([
      {
        severity: "warning",
        message: `VirtualService app/web: spec.http[0].match.${path} is "${text}"; fails at run time: the star is a letter here, and no request matches.`,
        fix,
      },
    ]);
  });
});
