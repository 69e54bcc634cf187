import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const TYPE = 'map(object({ name = string, memory = optional(string, "512Mi"), cpu = optional(string) }))';
const said = (value: object, type = TYPE) =>
  check(
    ruleById("schema/dropped-attribute"),
    {
      google_cloud_run_v2_service: {
        all: { for_each: "${var.services}", name: "${each.value.name}" },
        again: { for_each: "${var.services}", name: "${each.value.name}-2" },
      },
    },
    { variable: { services: { type, default: { api: { name: "api", ...value } } } } },
  );

/** The kind: attributes of a value that nobody reads. */
describe("schema/dropped-attribute", () => {
  test("a misspelt optional attribute is reported once, with the one that was meant", () => {
    expect(said({ memmory: "2Gi" })).toEqual([
      expect.objectContaining({
        severity: "warning",
        message:
          "the value of var.services has memmory, which its type leaves out, and no memory; fails at run time: memory keeps its default.",
        fix: "Write memory in place of memmory.",
      }),
    ]);
  });

  test("what the type has, what resembles nothing, and what is there in addition is not", () => {
    expect(said({ memory: "2Gi" })).toEqual([]);
    expect(said({ owner: "team-a" })).toEqual([]);
    expect(said({ memory: "2Gi", memmory: "1Gi" })).toEqual([]);
    expect(said({ memmory: "2Gi" }, "map(any)")).toEqual([]);
    expect(said({ memmory: "2Gi" }, "any")).toEqual([]);
  });
});
