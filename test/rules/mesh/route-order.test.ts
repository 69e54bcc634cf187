import { describe, expect, test } from "@jest/globals";
import { routeOrder as rule } from "../../../rules/mesh/route-order.ts";
import { checkYaml, virtualService } from "./support.ts";

const route = (match: string, host: string): string =>
  `{ ${match === "" ? "" : `match: [${match}], `}route: [{ destination: { host: ${host} } }] }`;
const routes = (...list: readonly string[]): string =>
  virtualService("web", `hosts: ["app.example.com"], http: [${list.join(", ")}]`);
const API = route("{ uri: { prefix: /api } }", "api-server");
const REST = route("", "web");

describe("mesh/route-order", () => {
  test.each([
    ["the narrower route first", [API, REST]],
    ["a prefix beside another", [API, route("{ uri: { prefix: /app } }", "web")]],
    ["a longer prefix first", [route("{ uri: { prefix: /api/v1 } }", "old"), API]],
    [
      "a broader path with a header",
      [route("{ uri: { prefix: / }, headers: { beta: { exact: on } } }", "beta"), API],
    ],
    ["a broader path on one port", [route("{ uri: { prefix: /api }, port: 80 }", "old"), API]],
    ["an exact path first", [route("{ uri: { exact: /api } }", "one"), API]],
    [
      "an earlier route without regard to case, later ones with",
      [API, route("{ uri: { prefix: /API } }", "web")],
    ],
    ["a regex first", [route("{ uri: { regex: /a.* } }", "one"), API]],
  ])("holds for %s", async (_, list) => {
    expect(await checkYaml(rule, routes(...list))).toEqual([]);
  });

  test.each([
    [
      "a route without a match first",
      [REST, API],
      "route 2 (prefix /api) is never reached; fails at run time: route 1 (no match: everything)",
    ],
    [
      "prefix / first",
      [route("{ uri: { prefix: / } }", "web"), API],
      "route 2 (prefix /api) is never reached",
    ],
    [
      "a shorter prefix first",
      [API, route("{ uri: { prefix: /api/v1 } }", "old"), REST],
      "route 2 (prefix /api/v1)",
    ],
    [
      "a prefix, then the exact path",
      [API, route("{ uri: { exact: /api } }", "one")],
      "route 2 (exact /api)",
    ],
    [
      "the same path for a method",
      [API, route("{ uri: { prefix: /api }, method: { exact: POST } }", "write")],
      "prefix /api with method",
    ],
    ["everything twice", [REST, route("", "other")], "route 2 (no match: everything)"],
    [
      "without regard to case",
      [
        route("{ uri: { prefix: /api }, ignoreUriCase: true }", "api-server"),
        route("{ uri: { prefix: /API/v1 } }", "old"),
      ],
      "route 2 (prefix /API/v1)",
    ],
  ])("rejects %s", async (_, list, message) => {
    const found = await checkYaml(rule, routes(...list));
    expect(found.map(({ severity }) => severity)).toEqual(["error"]);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.message).toContain("its requests go to another service");
  });

  test("only warns where both lead to the same place", async () => {
    expect(await checkYaml(rule, routes(REST, REST))).toMatchObject([{ severity: "warning" }]);
  });
});

test.each([
  [
    "tcp",
    "tcp: [{ match: [{ port: 1 }], route: WEB }, { match: [{ port: 1 }], route: API }]",
    "error",
    "route 2 (port 1) is never reached",
  ],
  [
    "tls",
    'tls: [{ match: [{ sniHosts: ["*.example.com"] }], route: WEB }, { match: [{ sniHosts: [a.example.com] }], route: API }]',
    "error",
    "route 2 (a.example.com) is never reached",
  ],
  [
    "a regular expression for everything",
    'http: [{ match: [{ uri: { regex: ".*" } }], route: WEB }, { match: [{ uri: { prefix: /api } }], route: API }]',
    "error",
    "route 2 (prefix /api) is never reached",
  ],
  [
    "one match of several",
    "http: [{ match: [{ uri: { prefix: /a } }], route: WEB }, { match: [{ uri: { prefix: /a/b } }, { uri: { prefix: /c } }], route: API }]",
    "warning",
    'route 2 never gets what its match "prefix /a/b" matches; fails at run time',
  ],
])("mesh/route-order judges %s", async (_, spec, severity, message) => {
  const to = (host: string): string => `[{ destination: { host: ${host} } }]`;
  const written = spec.replace("WEB", to("web")).replace("API", to("api"));
  const yaml = virtualService("web", `hosts: [app.example.com], ${written}`);
  expect(await checkYaml(rule, yaml)).toMatchObject([
    { severity, message: expect.stringContaining(message) },
  ]);
});
