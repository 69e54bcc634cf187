import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { apiDocument, type FullDocument } from "../../../tools/facts/api-document.ts";
import { CALLED } from "../../../tools/facts/called-methods.ts";
import { documents } from "../../support/google-api/documents.ts";
import { ROOT } from "../../support/project.ts";

const full: FullDocument = {
  id: "things:v1",
  revision: "20261031",
  rootUrl: "https://things.googleapis.com/",
  servicePath: "things/v1/",
  parameters: { alt: { type: "string", enum: ["json", "media"], description: "A sentence." } },
  schemas: {
    Thing: {
      properties: {
        name: { type: "string", description: "A sentence." },
        size: { type: "string", format: "int64" },
        parts: { type: "array", items: { $ref: "Part" } },
        labels: { type: "object", additionalProperties: { type: "string" } },
        more: {
          type: "object",
          additionalProperties: { type: "any", description: "Contains field @type with type URL." },
        },
        inline: { type: "object", properties: { on: { type: "boolean" } } },
      },
    },
    Part: { properties: { kind: { type: "string", enum: ["A", "B"] }, whole: { $ref: "Thing" } } },
    Unused: { properties: {} },
  },
  resources: {
    things: {
      resources: {
        deep: {
          methods: {
            put: {
              id: "things.things.deep.put",
              httpMethod: "PUT",
              path: "{bucket}/{+name}",
              parameters: {
                bucket: { location: "path", type: "string" },
                name: { location: "path", type: "string", pattern: "^a/[^/]+$" },
                mask: { location: "query", type: "string", format: "google-fieldmask", required: true },
                field: { location: "query", type: "string", repeated: true },
              },
              request: { $ref: "Thing" },
              response: { $ref: "Part" },
              mediaUpload: { protocols: { simple: { path: "/upload/things" } } },
              supportsMediaDownload: true,
            },
          },
        },
      },
    },
  },
};

test("a document is cut down to what is called, without a sentence", () => {
  expect(apiDocument("things.v1", full, { methods: ["things.things.deep.put"] })).toEqual({
    api: "things.v1",
    revision: "20261031",
    root: "https://things.googleapis.com/",
    query: { alt: { enum: ["json", "media"] } },
    methods: {
      "things.things.deep.put": {
        http: "PUT",
        path: "things/v1/{bucket}/{+name}",
        pathParameters: { bucket: "^[^/]+$", name: "^a/[^/]+$" },
        query: { mask: "google-fieldmask", field: { list: "string" } },
        requiredQuery: ["mask"],
        request: "Thing",
        response: "Part",
        upload: "upload/things",
        download: true,
      },
    },
    schemas: {
      Part: { kind: { enum: ["A", "B"] }, whole: { ref: "Thing" } },
      Thing: {
        name: "string",
        size: "int64",
        parts: { list: { ref: "Part" } },
        labels: { map: "string" },
        more: { any: true },
        inline: { fields: { on: "boolean" } },
      },
    },
  });
});

test("a method or schema that there is not is named", () => {
  expect(() => apiDocument("things.v1", full, { methods: ["things.get"] })).toThrow(
    "things.v1 has no method things.get",
  );
  expect(() => apiDocument("things.v1", full, { schemas: ["Nothing"] })).toThrow(
    "things.v1 has no schema Nothing",
  );
});

test("what is checked in is what the list names, and says where it is from", () => {
  const named = Object.entries(CALLED).map(([api, { methods = [] }]) => [api, [...methods].sort()]);
  expect(documents().map(({ api, methods }) => [api, Object.keys(methods).sort()])).toEqual(named.sort());
  for (const [api, { schemas = [] }] of Object.entries(CALLED))
    expect(documents().find((document) => document.api === api)?.schemas).toEqual(
      expect.objectContaining(Object.fromEntries(schemas.map((name) => [name, expect.anything()]))),
    );
  const source = path.join(ROOT, "test/fixtures/discovery/source.json");
  expect(JSON.parse(readFileSync(source, "utf8"))).toEqual({
    package: "google-api-python-client",
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
});
