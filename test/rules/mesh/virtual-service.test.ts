import { describe, expect, test } from "@jest/globals";
import { virtualService as rule } from "../../../rules/mesh/virtual-service.ts";
import { checkYaml, TO_WEB, virtualService } from "./support.ts";

const HOST = 'hosts: ["app.example.com"]';
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
    ["every host of a gateway", `hosts: ["*"], gateways: [web], ${TO_WEB}`],
  ])("holds for %s", async (_, spec) => {
    expect(await checkYaml(rule, virtualService("web", spec))).toEqual([]);
  });

  test.each([
    ["no routes", HOST, "it has no routes"],
    [
      "a route that leads nowhere",
      `${HOST}, http: [{ match: [{ uri: { prefix: /api } }] }]`,
      "route 1 has no route, redirect, directResponse or delegate",
    ],
    ["two ends", `${HOST}, http: [{ ${WEB}, redirect: { scheme: https } }]`, "has route and redirect"],
    [
      "weights of 0",
      `${HOST}, http: [{ route: [{ destination: { host: a } }, { destination: { host: b } }] }]`,
      "2 destinations whose weights add up to 0",
    ],
    [
      "a host within another",
      `hosts: ["*.example.com", "app.example.com"], ${TO_WEB}`,
      'its hosts "*.example.com" and "app.example.com" are the same or one within the other',
    ],
    ["every host of the mesh", `hosts: ["*"], ${TO_WEB}`, 'host "*" is for gateways only'],
    [
      "a path without its slash",
      `${HOST}, http: [{ match: [{ uri: { prefix: api } }], ${WEB} }]`,
      'matches the path "api", which no path begins with',
    ],
    [
      "an unknown kind of match",
      `${HOST}, http: [{ match: [{ uri: { prefx: /api } }], ${WEB} }]`,
      'matches the path by "prefx"',
    ],
    [
      "an empty path",
      `${HOST}, http: [{ match: [{ uri: { prefix: "" } }], ${WEB} }]`,
      "matches an empty path",
    ],
    [
      "a redirect that rewrites",
      `${HOST}, http: [{ redirect: { uri: /a }, rewrite: { uri: /b } }]`,
      "redirects and rewrites",
    ],
  ])("refuses %s", async (_, spec, message) => {
    const said = await checkYaml(rule, virtualService("web", spec));
    expect(said.map(({ severity }) => severity)).toEqual(["error"]);
    expect(said[0]?.message).toContain(message);
  });
});
