import { describe, expect, test } from "@jest/globals";
import { virtualService as rule } from "../../../rules/mesh/virtual-service.ts";
import { checkYaml, TO_WEB, virtualService } from "./support.ts";

const HOST = 'hosts: ["app.example.com"]';
const TO = "[{ destination: { host: web } }]";
const child = (spec: string): string => virtualService("child", spec);
const WEB = "route: [{ destination: { host: web } }]";

describe("mesh/virtual-service", () => {
  test.each([
    ["a route", `${HOST}, ${TO_WEB}`],
    ["a redirect", `${HOST}, http: [{ redirect: { scheme: https } }]`],
    ["an answer", `${HOST}, http: [{ directResponse: { status: 503 } }]`],
    ["a delegate", `${HOST}, http: [{ delegate: { name: other } }]`],
    [
      "weights",
      `${HOST}, http: [{ route: [{ destination: { host: a }, weight: 100 }, { destination: { host: b }, weight: 0 }] }]`,
    ],
    [
      "a regular expression with a flag of RE2",
      `${HOST}, http: [{ match: [{ uri: { regex: "(?i)/api(?P<rest>.*)" } }], ${WEB} }]`,
    ],
    ["every host of a gateway", `hosts: ["*"], gateways: [web], ${TO_WEB}`],
  ])("holds for %s", async (_, spec) => {
    expect(await checkYaml(rule, virtualService("web", spec))).toEqual([]);
  });

  test.each([
    ["no routes", HOST, "none of http, tls and tcp is set; rejected by the API"],
    [
      "a route that leads nowhere",
      `${HOST}, http: [{ match: [{ uri: { prefix: /api } }] }]`,
      "rejected by the API: at least one of them must be set",
    ],
    [
      "two ends",
      `${HOST}, http: [{ ${WEB}, redirect: { scheme: https } }]`,
      "http.route and redirect are set; rejected by the API: at most one of",
    ],
    [
      "weights of 0",
      `${HOST}, http: [{ route: [{ destination: { host: a } }, { destination: { host: b } }] }]`,
      "http.route has 2 destinations whose weights add up to 0",
    ],
    [
      "a host within another",
      `hosts: ["*.example.com", "app.example.com"], ${TO_WEB}`,
      'hosts has "*.example.com" and "app.example.com"; rejected by the API: they are the same, or one includes the other',
    ],
    [
      "every host of the mesh",
      `hosts: ["*"], ${TO_WEB}`,
      'hosts has "*" for the mesh; rejected by the API: it is for gateways only',
    ],
    [
      "a path without its slash",
      `${HOST}, http: [{ match: [{ uri: { prefix: api } }], ${WEB} }]`,
      'http.match.uri.prefix is "api"; fails at run time: no path begins with it',
    ],
    [
      "an unknown kind of match",
      `${HOST}, http: [{ match: [{ uri: { prefx: /api } }], ${WEB} }]`,
      'http.match.uri has "prefx"; rejected by the API: it must be exact, prefix or regex',
    ],
    [
      "an empty path",
      `${HOST}, http: [{ match: [{ uri: { prefix: "" } }], ${WEB} }]`,
      "http.match.uri is empty; rejected by the API",
    ],
    [
      "a redirect that rewrites",
      `${HOST}, http: [{ redirect: { uri: /a }, rewrite: { uri: /b } }]`,
      "http.rewrite is set with redirect; rejected by the API: a redirect does not reach a destination",
    ],
  ])("rejects %s", async (_, spec, message) => {
    const reported = await checkYaml(rule, virtualService("web", spec));
    expect(reported.map(({ severity }) => severity)).toEqual(["error"]);
    expect(reported[0]?.message).toContain(message);
  });

  test.each([
    [
      "gateways without hosts",
      `gateways: [web], ${TO_WEB}`,
      "gateways is set without hosts; rejected by the API: a delegate has neither",
    ],
    [
      "a match for another gateway",
      `${HOST}, gateways: [web], http: [{ match: [{ gateways: [other] }], route: ${TO} }]`,
      'http route 1 matches the Gateway "other"; fails at run time: spec.gateways does not name it (web)',
    ],
    [
      "tls without a match",
      `${HOST}, tls: [{ route: ${TO} }]`,
      "tls.match is not set; rejected by the API: TLS is routed by server name",
    ],
    [
      "tls without server names",
      `${HOST}, tls: [{ match: [{ port: 443 }], route: ${TO} }]`,
      "tls.match.sniHosts is not set",
    ],
    [
      "a server name of another host",
      `${HOST}, tls: [{ match: [{ sniHosts: [b.example.com] }], route: ${TO} }]`,
      'tls.match.sniHosts has "b.example.com"; rejected by the API: none of hosts (app.example.com) includes it',
    ],
    ["tcp that leads nowhere", `${HOST}, tcp: [{ match: [{ port: 1 }] }]`, "tcp.route is not set"],
    [
      "a destination without a host",
      `${HOST}, http: [{ route: [{ destination: { port: { number: 80 } } }] }]`,
      "http.route.destination.host is not set",
    ],
    [
      "a negative weight",
      `${HOST}, http: [{ route: [{ destination: { host: web }, weight: -1 }] }]`,
      "http.route.weight is -1; rejected by the API: it must be at least 0",
    ],
    [
      "two kinds of match",
      `${HOST}, http: [{ match: [{ uri: { prefix: /a, exact: /b } }], route: ${TO} }]`,
      "uri.exact and uri.prefix are set; rejected by the API: at most one",
    ],
    [
      "a regular expression that RE2 does not have",
      `${HOST}, http: [{ match: [{ uri: { regex: "/(?!api).*" } }], route: ${TO} }]`,
      'http.match.uri.regex is "/(?!api).*"; rejected by the API: it is not a regular expression of RE2',
    ],
    [
      "a broken regular expression",
      `${HOST}, http: [{ match: [{ uri: { regex: "/a(" } }], route: ${TO} }]`,
      'http.match.uri.regex is "/a("; rejected by the API: it is not a regular expression of RE2',
    ],
    [
      "an answer without a status",
      `${HOST}, http: [{ directResponse: { body: { string: a } } }]`,
      "http.directResponse.status is not set",
    ],
    [
      "an abort without a status",
      `${HOST}, http: [{ fault: { abort: { percentage: { value: 1 } } }, route: ${TO} }]`,
      "http2Error is set; rejected by the API: at least one",
    ],
  ])("finds %s", async (_, spec, message) => {
    const found = await checkYaml(rule, virtualService("web", spec));
    expect(found).toContainEqual(
      expect.objectContaining({
        severity: "error",
        address: "VirtualService/app/web",
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe("a delegate", () => {
  const root = virtualService("web", `${HOST}, http: [{ delegate: { name: child } }]`);

  test("without hosts and gateways receives what is delegated", async () => {
    expect(await checkYaml(rule, root + child(TO_WEB))).toEqual([]);
  });

  test("with hosts receives nothing", async () => {
    expect(await checkYaml(rule, root + child(`${HOST}, ${TO_WEB}`))).toMatchObject([
      {
        message: expect.stringContaining(
          'delegates to "app/child"; fails at run time: a delegate has no hosts of its own',
        ),
      },
    ]);
  });

  test("with another name is not found", async () => {
    expect(await checkYaml(rule, root + virtualService("children", TO_WEB))).toMatchObject([
      { fix: 'Write "children", or add the VirtualService "child".' },
    ]);
  });
});
