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
      "policies of traffic",
      object(
        "networking.istio.io/v1alpha3",
        "DestinationRule",
        "web",
        "{ host: web, trafficPolicy: { tls: { mode: ISTIO_MUTUAL }, connectionPool: { tcp: { maxConnections: 5 } } } }",
      ),
    ],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(schema, yaml)).toEqual([]);
  });

  test.each([
    [
      "a misspelled field",
      virtualService("web", "http: [{ macth: [{ uri: { prefix: /api } }] }]"),
      'VirtualService app/web: spec.http[0] has the field "macth"; rejected by the API: Istio does not have it.',
      'Write "match".',
    ],
    [
      "the snake case of protocol buffers",
      virtualService("web", "http: [{ mirror_percentage: { value: 1 } }]"),
      'VirtualService app/web: spec.http[0] has the field "mirror_percentage"; rejected by the API: Istio does not have it.',
      'Write "mirrorPercentage".',
    ],
    [
      "a misspelled field in a policy",
      object(
        "networking.istio.io/v1",
        "DestinationRule",
        "web",
        "{ host: web, trafficPolicy: { conectionPool: {} } }",
      ),
      'DestinationRule app/web: spec.trafficPolicy has the field "conectionPool"; rejected by the API: Istio does not have it.',
      'Write "connectionPool".',
    ],
    [
      "a field of spec next to it",
      `${object("networking.istio.io/v1", "DestinationRule", "web", "{ host: web }")}trafficPolicy: { tls: { mode: SIMPLE } }\n`,
      "DestinationRule app/web: trafficPolicy is next to spec; rejected by the API: an object has apiVersion, kind, metadata, spec, status only.",
      "Move trafficPolicy into spec, indented by two spaces more.",
    ],
    [
      "a field that metadata does not have",
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: web, namespace: app, servers: [] }\nspec: {}\n",
      'Gateway app/web: metadata has the field "servers"; rejected by the API: Kubernetes does not have it.',
      "Remove servers, or move it into metadata.annotations or spec.",
    ],
    [
      "a misspelled field of an AuthorizationPolicy",
      object(
        "security.istio.io/v1",
        "AuthorizationPolicy",
        "web",
        "{ rules: [{ to: [{ operation: { notPath: [/admin] } }] }] }",
      ),
      'AuthorizationPolicy app/web: spec.rules[0].to[0].operation has the field "notPath"; rejected by the API: Istio does not have it.',
      'Write "notPaths".',
    ],
    [
      "a misspelled field of metadata",
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: web, namespace: app, anotations: { a: b } }\nspec: {}\n",
      'Gateway app/web: metadata has the field "anotations"; rejected by the API: Kubernetes does not have it.',
      'Write "annotations".',
    ],
    [
      "a number in quotes",
      gateway("web", '{ port: { number: "443", name: https, protocol: HTTPS } }'),
      'Gateway app/web: spec.servers[0].port.number is the string "443"; rejected by the API: it must be an integer.',
      "Write an integer at spec.servers[0].port.number.",
    ],
    [
      "a word in lower case",
      gateway("web", "{ tls: { mode: simple } }"),
      'Gateway app/web: spec.servers[0].tls.mode is the string "simple"; rejected by the API: it must be one of PASSTHROUGH, SIMPLE, MUTUAL, AUTO_PASSTHROUGH, ISTIO_MUTUAL, OPTIONAL_MUTUAL.',
      "Write one of PASSTHROUGH, SIMPLE, MUTUAL, AUTO_PASSTHROUGH, ISTIO_MUTUAL, OPTIONAL_MUTUAL at spec.servers[0].tls.mode.",
    ],
    [
      "one value instead of a list",
      virtualService("web", "hosts: app.example.com"),
      'VirtualService app/web: spec.hosts is the string "app.example.com"; rejected by the API: it must be a list.',
      "Write a list at spec.hosts.",
    ],
    [
      "a string instead of an object",
      virtualService("web", "http: [{ match: [{ uri: /api }] }]"),
      'VirtualService app/web: spec.http[0].match[0].uri is the string "/api"; rejected by the API: it must be an object.',
      "Write an object at spec.http[0].match[0].uri.",
    ],
    [
      "an empty item",
      virtualService("web", "hosts: [app.example.com, null]"),
      "VirtualService app/web: spec.hosts[1] is empty; rejected by the API: it must be a string.",
      "Write a string at spec.hosts[1].",
    ],
    [
      "a version that does not exist",
      object("networking.istio.io/v2", "Gateway", "web", "{}"),
      'Gateway app/web: apiVersion is "networking.istio.io/v2"; rejected by the API: it does not exist.',
      "Write apiVersion: networking.istio.io/v1.",
    ],
    [
      "a destination rule for nothing",
      object("networking.istio.io/v1", "DestinationRule", "web", "{ subsets: [{ name: v1 }] }"),
      "DestinationRule app/web: spec.host is not set; rejected by the API: it is needed.",
      "Add spec.host, for example api-server.",
    ],
    [
      "no name",
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: {}\n",
      "VirtualService (no name): metadata.name is not set; rejected by the API: it is needed.",
      "Add metadata.name, for example web.",
    ],
  ])("finds %s", async (_, yaml, message, fix) => {
    expect(await checkYaml(schema, yaml)).toMatchObject([{ severity: "error", message, fix }]);
  });

  test("warns of a field that is similar to none: a newer Istio may have it", async () => {
    expect(await checkYaml(schema, gateway("web", "{ quantumSafe: true }"))).toMatchObject([
      {
        severity: "warning",
        message: expect.stringContaining(
          'spec.servers[0] has the field "quantumSafe"; rejected by the API unless the cluster is newer',
        ),
      },
    ]);
  });
});
