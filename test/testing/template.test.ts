import { VpcAccessConnector } from "@cdktf/provider-google/lib/vpc-access-connector/index.js";
import { describe, expect, test } from "@jest/globals";
import { App, TerraformOutput, Testing } from "cdktf";
import { Match, Template } from "../../testing/index.ts";
import { errorOf, stackOf } from "../support/other-team.ts";

const type = "google_vpc_access_connector";

function stack() {
  const made = stackOf(Testing.app(), "network");
  for (const [id, maxInstances] of [
    ["first", 5],
    ["second", 10],
  ] as const)
    new VpcAccessConnector(made, id, { name: id, network: "default", maxInstances, minInstances: 2 });
  new TerraformOutput(made, "url", { value: "https://example.com" });
  return made;
}

describe("a template", () => {
  const template = Template.fromStack(stack());

  test("counts resources by the name of their type or their class", () => {
    template.resourceCountIs(type, 2);
    template.resourceCountIs(VpcAccessConnector, 2);
    template.resourceCountIs("google_compute_network", 0);
    expect(errorOf(() => template.resourceCountIs(type, 1))).toBe(
      "The stack has 2 of google_vpc_access_connector, and not 1: first, second.",
    );
  });

  test("finds resources with properties, without the metadata of CDKTF", () => {
    expect(template.findResources(type, { max_instances: 10 })).toEqual({
      second: { name: "second", network: "default", max_instances: 10, min_instances: 2 },
    });
    expect(template.findOutputs({ value: Match.stringLikeRegexp("^https:") })).toEqual({
      url: { value: "https://example.com" },
    });
    expect(template.findDataSources("google_project")).toEqual({});
  });

  test("says of each resource how it differs", () => {
    template.hasResourceProperties(type, { name: "first", max_instances: 5 });
    expect(errorOf(() => template.hasResourceProperties(type, { name: "first", max_instances: 10 }))).toBe(
      [
        "No google_vpc_access_connector has these properties:",
        "  google_vpc_access_connector.first: max_instances is 5, and not 10",
        '  google_vpc_access_connector.second: name is "second", and not "first"',
      ].join("\n"),
    );
    expect(errorOf(() => template.hasResourceProperties("google_compute_network", {}))).toBe(
      "The stack has no google_compute_network.",
    );
  });

  test("is read from what CDKTF's Testing writes, too", () => {
    expect(Template.fromString(Testing.synth(stack())).toJSON()).toMatchObject({
      resource: template.toJSON().resource,
    });
    expect(errorOf(() => Template.fromString("[]"))).toBe("A template is an object: the JSON of one stack.");
  });

  test("is that of one stack", () => {
    const app = App.of(stack());
    stackOf(app, "other");
    expect(errorOf(() => Template.fromStack(app))).toBe("The app has 2 stacks: give one of its stacks.");
  });
});

describe("Match", () => {
  const template = Template.fromString(
    JSON.stringify({
      resource: {
        google_thing: {
          one: { list: ["a", "b", { c: 1, d: 2 }], block: { c: 1, d: 2 }, json: '{"a":[1]}', text: "a-b" },
        },
      },
    }),
  );
  const mismatch = (properties: Record<string, unknown>): string =>
    errorOf(() => template.hasResourceProperties("google_thing", properties))
      .split("google_thing.one: ")
      .slice(1)
      .join();

  test.each([
    ["absent", { more: Match.absent() }, { text: Match.absent() }, 'text is "a-b", and not absent'],
    ["anyValue", { text: Match.anyValue() }, { more: Match.anyValue() }, "more is absent"],
    [
      "arrayWith",
      { list: Match.arrayWith([{ c: 1 }, "a"]) },
      { list: Match.arrayWith(["a", "e"]) },
      'list is ["a","b",{"c":1,"d":2}], without an item "e"',
    ],
    ["a list", { list: ["a", "b", { c: 1 }] }, { list: ["a", "b", { c: 2 }] }, "list[2].c is 1, and not 2"],
    [
      "a list of another length",
      { list: ["a", "b", {}] },
      { list: ["a"] },
      'list is ["a","b",{"c":1,"d":2}], and not a list of 1: ["a"]',
    ],
    [
      "an object",
      { block: { c: 1 } },
      { block: { c: { d: 1 } } },
      'block.c is 1, and not an object like {"d":1}',
    ],
    [
      "objectEquals",
      { block: Match.objectEquals({ c: 1, d: 2 }) },
      { block: Match.objectEquals({ c: 1 }) },
      "block.d is 2, and not absent",
    ],
    [
      "stringLikeRegexp",
      { text: Match.stringLikeRegexp(/^a/) },
      { text: Match.stringLikeRegexp("^b") },
      'text is "a-b", and does not match ^b',
    ],
    [
      "serializedJson",
      { json: Match.serializedJson({ a: [1] }) },
      { json: Match.serializedJson({ a: [2] }) },
      "json.a[0] is 1, and not 2",
    ],
    ["serializedJson of a text", {}, { text: Match.serializedJson({}) }, 'text is "a-b", and not JSON'],
    ["not", { text: Match.not("b") }, { text: Match.not("a-b") }, 'text is "a-b", which was not expected'],
    [
      "a matcher of Jest",
      { text: expect.stringContaining("-") },
      { text: expect.stringContaining("+") },
      'text is "a-b", and not StringContaining("+")',
    ],
  ])("%s", (_, matching, differing, sentence) => {
    expect(mismatch(matching)).toBe("");
    expect(mismatch(differing)).toBe(sentence);
  });
});
