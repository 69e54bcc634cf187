import { describe, expect, test } from "@jest/globals";
import { destination as rule } from "../../../rules/mesh/destination.ts";
import { checkFiles, checkYaml, object, service, virtualService } from "./support.ts";

const to = (destination: string, namespace = "app"): string =>
  virtualService(
    "web",
    `hosts: ["app.example.com"], http: [{ route: [{ destination: { ${destination} } }] }]`,
    namespace,
  );
const WEB = service("web", "{ port: 80 }");
const TWO_PORTS = service("web", "{ port: 80, name: http }, { port: 443, name: https }");

describe("mesh/destination", () => {
  test.each([
    ["a service of the namespace", WEB + to("host: web")],
    ["its port", WEB + to("host: web, port: { number: 80 }")],
    ["its full name", WEB + to("host: web.app.svc.cluster.local")],
    ["its full name from another namespace", WEB + to("host: web.app.svc.cluster.local", "other")],
    ["one of two ports", TWO_PORTS + to("host: web, port: { number: 443 }")],
    [
      "a host outside that an entry names",
      WEB +
        object(
          "networking.istio.io/v1",
          "ServiceEntry",
          "out",
          '{ hosts: ["*.example.org"], ports: [{ number: 443, name: https, protocol: HTTPS }] }',
        ) +
        to("host: api.example.org, port: { number: 443 }"),
    ],
    ["a host outside that nothing names", WEB + to("host: api.example.org")],
    ["a service where the input holds none", to("host: web")],
    [
      "a service of a namespace of which the input holds some only",
      WEB + to("host: other.shared.svc.cluster.local"),
    ],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(rule, yaml)).toEqual([]);
  });

  test("services in another folder may be another team's", async () => {
    expect(
      await checkFiles(rule, {
        "team/web.yaml": to("host: web"),
        "other/api.yaml": service("api", "{ port: 80 }"),
      }),
    ).toEqual([]);
  });

  test.each([
    [
      "a service that does not exist",
      service("api-server", "{ port: 80 }") + to("host: api-servr"),
      'leads to "api-servr"; fails at run time: there is no such Service, only "app/api-server"',
      'Write "api-server"',
    ],
    [
      "a port that the service does not have",
      WEB + to("host: web, port: { number: 8080 }"),
      'leads to port 8080 of "web"; fails at run time: it has 80',
      "the port of the Service and not of the container",
    ],
    [
      "no port where there are two",
      TWO_PORTS + to("host: web"),
      "without a port; fails at run time: it has 80 (http), 443 (https)",
      "Add destination.port.number",
    ],
    [
      "a port that the entry does not have",
      object(
        "networking.istio.io/v1",
        "ServiceEntry",
        "out",
        '{ hosts: ["api.example.org"], ports: [{ number: 443, name: https, protocol: HTTPS }] }',
      ) + to("host: api.example.org, port: { number: 80 }"),
      'leads to port 80 of "api.example.org"',
      "Write destination.port.number 443",
    ],
    [
      "a mirror that does not exist",
      WEB +
        virtualService(
          "web",
          'hosts: ["a.example.com"], http: [{ route: [{ destination: { host: web } }], mirror: { host: shadow } }]',
        ),
      'mirror of route http 1 leads to "shadow"',
      "Write the name and port",
    ],
  ])("rejects %s", async (_, yaml, message, fix) => {
    const found = await checkYaml(rule, yaml);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity: "error", address: "VirtualService/app/web" });
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.fix).toContain(fix);
  });
});
