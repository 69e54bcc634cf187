import { describe, expect, test } from "@jest/globals";
import { gatewayServer as rule } from "../../../rules/mesh/gateway-server.ts";
import { checkYaml, gateway, HTTP, HTTPS, REDIRECT } from "./support.ts";

const https = (tls: string): string =>
  `{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ["app.example.com"]${tls === "" ? "" : `, tls: { ${tls} }`} }`;
const port = (text: string): string => `{ port: { ${text} }, hosts: ["app.example.com"] }`;

describe("mesh/gateway-server", () => {
  test.each([
    ["plain HTTP", HTTP],
    ["a redirect and HTTPS", `${REDIRECT}, ${HTTPS}`],
    ["passthrough", https("mode: PASSTHROUGH")],
    ["certificate files", https("mode: SIMPLE, serverCertificate: /c, privateKey: /k")],
    ["several credentials", https("mode: SIMPLE, credentialNames: [a, b]")],
    ["a mode in small letters", https("mode: simple, credentialName: a")],
    ["Istio's own certificates", https("mode: ISTIO_MUTUAL")],
    ["a protocol in small letters", port("number: 80, name: http, protocol: http")],
    ["the highest port", port("number: 65535, name: http, protocol: HTTP")],
  ])("holds for %s", async (_, server) => {
    expect(await checkYaml(rule, gateway("web", server))).toEqual([]);
  });

  test.each([
    [
      "HTTPS without tls (I-0: no TLS termination)",
      https(""),
      "speaks HTTPS and has no tls, refused at apply",
    ],
    [
      "SIMPLE without a certificate",
      https("mode: SIMPLE"),
      "has neither credentialName nor certificate files",
    ],
    ["MUTUAL without a certificate", https('mode: MUTUAL, credentialName: ""'), "ends TLS (mode MUTUAL)"],
    ["HTTPS without a mode", https("credentialName: a"), "has no tls.mode, which then is PASSTHROUGH"],
    [
      "two certificate sources",
      https("mode: SIMPLE, credentialName: a, serverCertificate: /c, privateKey: /k"),
      "one source only",
    ],
    ["ISTIO_MUTUAL with a certificate", https("mode: ISTIO_MUTUAL, credentialName: a"), "Istio brings it"],
    [
      "TLS on plain HTTP",
      '{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["a.example.com"], tls: { mode: SIMPLE, credentialName: a } }',
      "plain ports take none but httpsRedirect",
    ],
    [
      "two ports of one name",
      `${HTTP}, ${port("number: 81, name: http, protocol: HTTP")}`,
      'two servers have the port name "http"',
    ],
    ["no port", '{ hosts: ["a.example.com"] }', "a server has no port"],
    ["no port name", port("number: 80, protocol: HTTP"), "has no port name"],
    ["port 0", port("number: 0, name: http, protocol: HTTP"), "has the port number 0"],
    [
      "a port above the highest",
      port("number: 65536, name: http, protocol: HTTP"),
      "has the port number 65536",
    ],
    ["an unknown protocol", port("number: 80, name: http, protocol: HTPS"), 'has the protocol "HTPS"'],
    ["no hosts", "{ port: { number: 80, name: http, protocol: HTTP }, hosts: [] }", "has no hosts"],
    ["no server", "", "it has no server"],
  ])("refuses %s", async (_, server, message) => {
    const said = await checkYaml(rule, gateway("web", server));
    expect(said.map(({ severity }) => severity)).toEqual(["error"]);
    expect(said[0]?.message).toContain(message);
    expect(said[0]?.address).toBe("Gateway/app/web");
  });
});
