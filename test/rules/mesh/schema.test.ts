import { describe, expect, test } from "@jest/globals";
import { schema } from "../../../rules/mesh/schema.ts";
import { checkYaml, gateway, HTTPS, object, TO_WEB, virtualService } from "./support.ts";

describe("mesh/schema", () => {
  test.each([
    ["a gateway", gateway("web", HTTPS)],
    ["a virtual service", virtualService("web", `hosts: [app.example.com], ${TO_WEB}`)],
    [
      "labels and headers that a person chooses",
      object(
        "networking.istio.io/v1",
        "VirtualService",
        "web",
        `{ http: [{ match: [{ headers: { x-any: { exact: a } } }], headers: { request: { set: { y-any: b } } } }] }`,
      ),
    ],
    [
      "empty sections",
      object(
        "networking.istio.io/v1beta1",
        "VirtualService",
        "web",
        "{ hosts: null, http: [{ match: null }] }",
      ),
    ],
    [
      "a generated name",
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { generateName: web- }\nspec: {}\n",
    ],
    [
      "policies of traffic, which are not looked into",
      object(
        "networking.istio.io/v1alpha3",
        "DestinationRule",
        "web",
        "{ host: web, trafficPolicy: { anything: 1 } }",
      ),
    ],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(schema, yaml)).toEqual([]);
  });

  test.each([
    [
      "a misspelt field",
      virtualService("web", "http: [{ macth: [{ uri: { prefix: /api } }] }]"),
      'VirtualService app/web: spec.http[0] has no field "macth" in Istio\'s schema, refused at apply by kubectl.',
      'Write "match".',
    ],
    [
      "the snake case of protocol buffers",
      virtualService("web", "http: [{ mirror_percentage: { value: 1 } }]"),
      'VirtualService app/web: spec.http[0] has no field "mirror_percentage" in Istio\'s schema, refused at apply by kubectl.',
      'Write "mirrorPercentage".',
    ],
    [
      "a number in quotes",
      gateway("web", '{ port: { number: "443", name: https, protocol: HTTPS } }'),
      'Gateway app/web: spec.servers[0].port.number is the text "443", and must be a whole number: refused at apply.',
      "Write a whole number at spec.servers[0].port.number.",
    ],
    [
      "a word in lower case",
      gateway("web", "{ tls: { mode: simple } }"),
      'Gateway app/web: spec.servers[0].tls.mode is the text "simple", and must be one of PASSTHROUGH, SIMPLE, MUTUAL, AUTO_PASSTHROUGH, ISTIO_MUTUAL, OPTIONAL_MUTUAL: refused at apply.',
      "Write one of PASSTHROUGH, SIMPLE, MUTUAL, AUTO_PASSTHROUGH, ISTIO_MUTUAL, OPTIONAL_MUTUAL at spec.servers[0].tls.mode.",
    ],
    [
      "one thing where a list stands",
      virtualService("web", "hosts: app.example.com"),
      'VirtualService app/web: spec.hosts is the text "app.example.com", and must be a list: refused at apply.',
      "Write a list at spec.hosts.",
    ],
    [
      "a text where an object stands",
      virtualService("web", "http: [{ match: [{ uri: /api }] }]"),
      'VirtualService app/web: spec.http[0].match[0].uri is the text "/api", and must be an object: refused at apply.',
      "Write an object at spec.http[0].match[0].uri.",
    ],
    [
      "an empty item",
      virtualService("web", "hosts: [app.example.com, null]"),
      "VirtualService app/web: spec.hosts[1] is empty, and must be a text: refused at apply.",
      "Write a text at spec.hosts[1].",
    ],
    [
      "a version that does not exist",
      object("networking.istio.io/v2", "Gateway", "web", "{}"),
      'Gateway app/web: apiVersion "networking.istio.io/v2" does not exist, refused at apply.',
      "Write apiVersion: networking.istio.io/v1.",
    ],
    [
      "a destination rule for nothing",
      object("networking.istio.io/v1", "DestinationRule", "web", "{ subsets: [{ name: v1 }] }"),
      "DestinationRule app/web: it has no spec.host, refused at apply.",
      "Add the host whose traffic it governs.",
    ],
    [
      "no name",
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: {}\n",
      "VirtualService (no name): it has no metadata.name, refused at apply.",
      "Give it a name.",
    ],
  ])("finds %s", async (_, yaml, message, fix) => {
    expect(await checkYaml(schema, yaml)).toMatchObject([{ severity: "error", message, fix }]);
  });

  test("warns of a field that resembles none: a newer Istio may have it", async () => {
    expect(await checkYaml(schema, gateway("web", "{ quantumSafe: true }"))).toMatchObject([
      { severity: "warning", message: expect.stringContaining('spec.servers[0] has no field "quantumSafe"') },
    ]);
  });
});
