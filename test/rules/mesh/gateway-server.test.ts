import { describe, expect, test } from "@jest/globals";
import { gatewayServer as rule } from "../../../rules/mesh/gateway-server.ts";
import { checkYaml, gateway, HTTP, HTTPS, REDIRECT } from "./support.ts";

const https = (tls: string): string =>
  `{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ["app.example.com"]${tls === "" ? "" : `, tls: { ${tls} }`} }`;
const port = (text: string): string => `{ port: { ${text} }, hosts: ["app.example.com"] }`;

const server443 = (rest: string): string =>
  `{ port: { number: 443, name: https, protocol: HTTPS }, ${rest} }`;

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
      'servers.tls is not set with port.protocol "HTTPS"; rejected by the API: there is no TLS termination',
    ],
    [
      "SIMPLE without a certificate",
      https("mode: SIMPLE"),
      "tls.tlsCertificates is set; rejected by the API: the gateway terminates TLS and has no certificate",
    ],
    [
      "MUTUAL without a certificate",
      https('mode: MUTUAL, credentialName: ""'),
      "the gateway terminates TLS and has no certificate",
    ],
    ["HTTPS without a mode", https("credentialName: a"), "fails at run time: PASSTHROUGH is the default"],
    [
      "two certificate sources",
      https("mode: SIMPLE, credentialName: a, serverCertificate: /c, privateKey: /k"),
      "tls.credentialName and tls.serverCertificate are set; rejected by the API: at most one",
    ],
    [
      "ISTIO_MUTUAL with a certificate",
      https("mode: ISTIO_MUTUAL, credentialName: a"),
      "rejected by the API: Istio provides the certificate",
    ],
    [
      "TLS on plain HTTP",
      '{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["a.example.com"], tls: { mode: SIMPLE, credentialName: a } }',
      "rejected by the API: a plain port takes httpsRedirect only",
    ],
    [
      "two ports of one name",
      `${HTTP}, ${port("number: 81, name: http, protocol: HTTP")}`,
      'two servers have the port name "http"; rejected by the API',
    ],
    ["no port", '{ hosts: ["a.example.com"] }', "servers.port is not set; rejected by the API"],
    ["no port name", port("number: 80, protocol: HTTP"), "servers.port.name is not set"],
    [
      "port 0",
      port("number: 0, name: http, protocol: HTTP"),
      "servers.port.number is 0; rejected by the API: it must be 1 to 65535",
    ],
    [
      "a port above the highest",
      port("number: 65536, name: http, protocol: HTTP"),
      "servers.port.number is 65536",
    ],
    [
      "an unknown protocol",
      port("number: 80, name: http, protocol: HTPS"),
      'servers.port.protocol is "HTPS"; rejected by the API: it must be one of HTTP, HTTPS',
    ],
    [
      "no hosts",
      "{ port: { number: 80, name: http, protocol: HTTP }, hosts: [] }",
      "servers.hosts is not set",
    ],
    ["no server", "", "servers is not set; rejected by the API: a Gateway without one listens nowhere"],
    [
      "a host with a scheme",
      server443('hosts: ["https://app.example.com"], tls: { mode: SIMPLE, credentialName: a }'),
      'servers.hosts contains "https://app.example.com"; rejected by the API',
    ],
    [
      "a wildcard in the middle",
      server443('hosts: ["app.*.com"], tls: { mode: SIMPLE, credentialName: a }'),
      'servers.hosts contains "app.*.com"; rejected by the API',
    ],
    [
      "no protocol",
      "{ port: { number: 443, name: https }, hosts: [a.example.com] }",
      "servers.port.protocol is not set",
    ],
    [
      "MUTUAL without an authority",
      server443("hosts: [a.example.com], tls: { mode: MUTUAL, serverCertificate: /a, privateKey: /b }"),
      "rejected by the API: the certificates of clients cannot be verified",
    ],
    [
      "versions that exclude each other",
      server443(
        "hosts: [a.example.com], tls: { mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_3, maxProtocolVersion: TLSV1_2 }",
      ),
      "tls.minProtocolVersion is TLSV1_3 and maxProtocolVersion is TLSV1_2; fails at run time: no client can connect.",
    ],
    [
      "HTTPS on port 80",
      "{ port: { number: 80, name: https, protocol: HTTPS }, hosts: [a.example.com], tls: { mode: SIMPLE, credentialName: a } }",
      "fails at run time: clients send plain HTTP to port 80",
    ],
  ])("rejects %s", async (_, server, message) => {
    const found = await checkYaml(rule, gateway("web", server));
    expect(found.map(({ severity }) => severity)).toEqual(["error"]);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.address).toBe("Gateway/app/web");
  });

  test.each(["*", "*.example.com", "./app.example.com", "app/*.example.com", "<your-host>", "${HOST}"])(
    "accepts the host %s",
    async (host) => {
      const yaml = gateway("web", server443(`hosts: ["${host}"], tls: { mode: SIMPLE, credentialName: a }`));
      expect(await checkYaml(rule, yaml)).toEqual([]);
    },
  );
});
