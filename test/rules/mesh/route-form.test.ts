import { describe, expect, test } from "@jest/globals";
import { gatewayConflict } from "../../../rules/mesh/gateway-conflict.ts";
import { gatewayHosts } from "../../../rules/mesh/gateway-hosts.ts";
import { gatewayReferenceRule } from "../../../rules/mesh/gateway-reference.ts";
import { gatewayServer } from "../../../rules/mesh/gateway-server.ts";
import { routeOrder } from "../../../rules/mesh/route-order.ts";
import { routeTimeout } from "../../../rules/mesh/route-timeout.ts";
import { virtualService as rule } from "../../../rules/mesh/virtual-service.ts";
import { checkFiles, checkYaml, gateway, HTTPS, object, TO_WEB, virtualService } from "./support.ts";

const HOST = "hosts: [app.example.com]";
const WEB = "[{ destination: { host: web } }]";
const API = "[{ destination: { host: api } }]";
const child = (spec: string): string => virtualService("child", spec);
const server = (rest: string): string => `{ port: { number: 443, name: https, protocol: HTTPS }, ${rest} }`;

test.each([
  ["gateways without hosts", `gateways: [web], ${TO_WEB}`, "it has gateways and no hosts, refused at apply."],
  [
    "a match for another gateway",
    `${HOST}, gateways: [web], http: [{ match: [{ gateways: [other] }], route: ${WEB} }]`,
    'http route 1 matches the Gateway "other", which spec.gateways does not name (web)',
  ],
  ["tls without a match", `${HOST}, tls: [{ route: ${WEB} }]`, "tls route 1 has no match, refused at apply"],
  [
    "tls without server names",
    `${HOST}, tls: [{ match: [{ port: 443 }], route: ${WEB} }]`,
    "has a match without sniHosts",
  ],
  [
    "a server name of another host",
    `${HOST}, tls: [{ match: [{ sniHosts: [b.example.com] }], route: ${WEB} }]`,
    'has the server name "b.example.com", which none of its hosts (app.example.com) takes in',
  ],
  [
    "tcp that leads nowhere",
    `${HOST}, tcp: [{ match: [{ port: 1 }] }]`,
    "tcp route 1 has no route, refused at apply",
  ],
  [
    "a destination without a host",
    `${HOST}, http: [{ route: [{ destination: { port: { number: 80 } } }] }]`,
    "has no destination.host at destination 1",
  ],
  [
    "a negative weight",
    `${HOST}, http: [{ route: [{ destination: { host: web }, weight: -1 }] }]`,
    "has the weight -1, refused at apply",
  ],
  [
    "two kinds of match",
    `${HOST}, http: [{ match: [{ uri: { prefix: /a, exact: /b } }], route: ${WEB} }]`,
    "matches the path by prefix and exact",
  ],
  [
    "a broken regular expression",
    `${HOST}, http: [{ match: [{ uri: { regex: "/a(" } }], route: ${WEB} }]`,
    'regular expression "/a(", refused at apply',
  ],
  [
    "an answer without a status",
    `${HOST}, http: [{ directResponse: { body: { string: a } } }]`,
    "answers by itself without a status",
  ],
  [
    "an abort without a status",
    `${HOST}, http: [{ fault: { abort: { percentage: { value: 1 } } }, route: ${WEB} }]`,
    "aborts without a status",
  ],
])("mesh/virtual-service finds %s", async (_, spec, message) => {
  const found = await checkYaml(rule, virtualService("web", spec));
  expect(found).toContainEqual(
    expect.objectContaining({
      severity: "error",
      address: "VirtualService/app/web",
      message: expect.stringContaining(message),
    }),
  );
});

describe("a delegate", () => {
  const root = virtualService("web", `${HOST}, http: [{ delegate: { name: child } }]`);

  test("without hosts and gateways takes what is delegated", async () => {
    expect(await checkYaml(rule, root + child(TO_WEB))).toEqual([]);
  });

  test("with hosts takes nothing", async () => {
    expect(await checkYaml(rule, root + child(`${HOST}, ${TO_WEB}`))).toMatchObject([
      { message: expect.stringContaining('delegates to "app/child", which has hosts of its own') },
    ]);
  });

  test("that is called otherwise is missed", async () => {
    expect(await checkYaml(rule, root + virtualService("children", TO_WEB))).toMatchObject([
      { fix: 'Write "children", or add the VirtualService "child".' },
    ]);
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
    'route 2 never gets what its match "prefix /a/b" takes',
  ],
])("mesh/route-order judges %s", async (_, spec, severity, message) => {
  const yaml = virtualService("web", `${HOST}, ${spec.replace("WEB", WEB).replace("API", API)}`);
  expect(await checkYaml(routeOrder, yaml)).toMatchObject([
    { severity, message: expect.stringContaining(message) },
  ]);
});

test.each([
  [
    "a host with a scheme",
    server('hosts: ["https://app.example.com"], tls: { mode: SIMPLE, credentialName: a }'),
    'has the host "https://app.example.com", refused at apply',
  ],
  [
    "a wildcard in the middle",
    server('hosts: ["app.*.com"], tls: { mode: SIMPLE, credentialName: a }'),
    'has the host "app.*.com", refused at apply',
  ],
  [
    "no protocol",
    "{ port: { number: 443, name: https }, hosts: [a.example.com] }",
    "has no protocol, refused at apply",
  ],
  [
    "MUTUAL without an authority",
    server("hosts: [a.example.com], tls: { mode: MUTUAL, serverCertificate: /a, privateKey: /b }"),
    "has no caCertificates to check it by",
  ],
  [
    "versions that exclude each other",
    server(
      "hosts: [a.example.com], tls: { mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_3, maxProtocolVersion: TLSV1_2 }",
    ),
    "allows TLS from 1.3 to 1.2 only",
  ],
  [
    "HTTPS on port 80",
    "{ port: { number: 80, name: https, protocol: HTTPS }, hosts: [a.example.com], tls: { mode: SIMPLE, credentialName: a } }",
    "speaks HTTPS on port 80",
  ],
])("mesh/gateway-server finds %s", async (_, written, message) => {
  expect(await checkYaml(gatewayServer, gateway("web", written))).toMatchObject([
    { severity: "error", address: "Gateway/app/web", message: expect.stringContaining(message) },
  ]);
});

test.each(["*", "*.example.com", "./app.example.com", "app/*.example.com", "<your-host>", "${HOST}"])(
  "mesh/gateway-server takes the host %s",
  async (host) => {
    const yaml = gateway("web", server(`hosts: ["${host}"], tls: { mode: SIMPLE, credentialName: a }`));
    expect(await checkYaml(gatewayServer, yaml)).toEqual([]);
  },
);

test("mesh/gateway-conflict looks within one Gateway, and at selectors that hold one another", async () => {
  const twice = gateway("web", `${HTTPS}, ${HTTPS.replace("name: https", "name: again")}`);
  expect(await checkYaml(gatewayConflict, twice)).toMatchObject([
    {
      severity: "error",
      message: expect.stringContaining('two of its servers on port 443 both serve "app.example.com"'),
    },
  ]);
  const narrower = object(
    "networking.istio.io/v1",
    "Gateway",
    "two",
    `{ selector: { istio: ingressgateway, app: x }, servers: [${HTTPS}] }`,
  );
  expect(await checkYaml(gatewayConflict, gateway("web", HTTPS) + narrower)).toMatchObject([
    { severity: "error", address: "Gateway/app/two" },
  ]);
});

test("mesh/gateway-hosts reads the listeners of the Gateway API", async () => {
  const listeners = "{ listeners: [{ name: http, hostname: a.example.com, port: 80, protocol: HTTP }] }";
  const yaml =
    object("gateway.networking.k8s.io/v1", "Gateway", "web", listeners) +
    virtualService("web", `${HOST}, gateways: [web], ${TO_WEB}`);
  expect(await checkYaml(gatewayHosts, yaml)).toMatchObject([
    { severity: "error", message: expect.stringContaining('serves "a.example.com" only') },
  ]);
});

test("mesh/gateway-reference knows the names of Gateways that Istio makes for itself", async () => {
  const yaml = virtualService(
    "web",
    `${HOST}, gateways: [in/a~istio-autogenerated-k8s-gateway~b], ${TO_WEB}`,
  );
  expect(await checkYaml(gatewayReferenceRule, yaml)).toMatchObject([
    { severity: "error", message: expect.stringContaining("a Gateway that Istio makes for itself") },
  ]);
});

test("mesh/gateway-reference only warns where other folders hold several gateways and no namespace is written", async () => {
  const yaml = (name: string): string => gateway(name, HTTPS, "");
  const web = virtualService("web", `${HOST}, gateways: [mine], ${TO_WEB}`, "");
  expect(
    await checkFiles(gatewayReferenceRule, {
      "a/one.yaml": yaml("one"),
      "b/two.yaml": yaml("two"),
      "c/web.yaml": web,
    }),
  ).toMatchObject([{ severity: "warning" }]);
  expect(
    await checkFiles(gatewayReferenceRule, {
      "a/one.yaml": yaml("one"),
      "b/one.yaml": yaml("one"),
      "c/web.yaml": web,
    }),
  ).toMatchObject([{ severity: "error", fix: expect.stringContaining('Write "one"') }]);
});

test("mesh/route-timeout finds negative retries", async () => {
  const yaml = virtualService("web", `${HOST}, http: [{ retries: { attempts: -1 }, route: ${WEB} }]`);
  expect(await checkYaml(routeTimeout, yaml)).toMatchObject([
    {
      severity: "error",
      message: "app/web: route 1 has -1 retries, refused at apply: allowed is 0 and more.",
    },
  ]);
});
