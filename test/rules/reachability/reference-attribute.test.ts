import { describe, expect, test } from "@jest/globals";
import { referenceAttributes } from "../../../resources/reference-attributes.ts";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

/** The path as nested blocks, with the value at its end. */
function nested(path: string, value: unknown): object {
  const [first = "", ...rest] = path.split(".");
  return { [first]: rest.length === 0 ? value : [nested(rest.join("."), value)] };
}

/** The kind: name, id, address or email of a resource in the place of one of the others. */
describe("reachability/reference-attribute", () => {
  test.each(referenceAttributes)("$type $path takes $takes of $of and nothing else", (entry) => {
    const { type, path, of, takes, notThese } = entry;
    const said = (attribute: string) =>
      check(ruleById("reachability/reference-attribute"), {
        [of]: { other: {} },
        [type]: { one: nested(path, `\${${of}.other.${attribute}}`) },
      });
    expect(said(takes)).toEqual([]);
    for (const wrong of notThese)
      expect(said(wrong)).toEqual([
        expect.objectContaining({
          severity: "error",
          message: `${path} is ${of}.other.${wrong}; rejected by the API: it takes the ${takes.replaceAll("_", " ")}.`,
          fix: `Write ${of}.other.${takes}.`,
        }),
      ]);
  });

  test("what a function makes of another attribute may be right", () => {
    const name = "${basename(google_sql_database_instance.db.connection_name)}";
    expect(
      check(ruleById("reachability/reference-attribute"), {
        google_sql_database_instance: { db: {} },
        google_sql_database: { one: { name: "a", instance: name } },
      }),
    ).toEqual([]);
  });
});
