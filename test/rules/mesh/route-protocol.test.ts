import { describe, expect, test } from "@jest/globals";
import { routeProtocol as rule } from "../../../rules/mesh/route-protocol.ts";
import { checkYaml, gateway, HTTP, HTTPS, TO_WEB, virtualService } from "./support.ts";

const PASSTHROUGH =
  '{ port: { number: 443, name: tls, protocol: TLS }, hosts: ["app.example.com"], tls: { mode: PASSTHROUGH } }';
const TCP = '{ port: { number: 5432, name: tcp, protocol: TCP }, hosts: ["app.example.com"] }';
const routed = (routes: string): string =>
  virtualService("web", `hosts: ["app.example.com"], gateways: [web], ${routes}`);
const TLS_ROUTES =
  'tls: [{ match: [{ sniHosts: ["app.example.com"] }], route: [{ destination: { host: web } }] }]';
const TCP_ROUTES = "tcp: [{ route: [{ destination: { host: web } }] }]";

describe("mesh/route-protocol", () => {
  test.each([
    ["http routes over HTTP", HTTP, TO_WEB],
    ["http routes where TLS is terminated", HTTPS, TO_WEB],
    ["http routes on one of two servers", `${HTTP}, ${PASSTHROUGH}`, TO_WEB],
    ["tls routes passed through", PASSTHROUGH, TLS_ROUTES],
    ["tcp routes", TCP, TCP_ROUTES],
    ["routes of both kinds", PASSTHROUGH, `${TO_WEB}, ${TLS_ROUTES}`],
  ])("holds for %s", async (_, servers, routes) => {
    expect(await checkYaml(rule, gateway("web", servers) + routed(routes))).toEqual([]);
  });

  test.each([
    [
      "http routes passed through",
      PASSTHROUGH,
      TO_WEB,
      'has http routes only; fails at run time: server 443 (tls) of "app/web" has protocol TLS with tls.mode PASSTHROUGH',
    ],
    [
      "tls routes where TLS is terminated",
      HTTPS,
      TLS_ROUTES,
      "has tls routes only; fails at run time: server 443 (https)",
    ],
    ["tls routes over HTTP", HTTP, TLS_ROUTES, "has protocol HTTP, and its routes are ignored"],
    ["http routes over TCP", TCP, TO_WEB, "has protocol TCP"],
  ])("rejects %s", async (_, servers, routes, message) => {
    const found = await checkYaml(rule, gateway("web", servers) + routed(routes));
    expect(found.map(({ severity }) => severity)).toEqual(["error"]);
    expect(found[0]?.message).toContain(message);
  });
});
