import { describe, expect, test } from "@jest/globals";
import pc from "picocolors";
import type { RuleText } from "../../../rules/waivers.ts";
import { explain } from "../../../verification/report/explain.ts";

const plain = pc.createColors(false);

function text(id: string): RuleText {
  return {
    id,
    why: "It breaks.",
    limit: "at most 10",
    fix: "Write 10.",
    source: "https://a.example",
  };
}

describe("explaining a rule", () => {
  test("tells why, limit, fix, source and an example", () => {
    expect(explain("waiver/expired", [text("waiver/expired")], plain)).toContain(`waiver/expired

Why     It breaks.
Limit   at most 10
Fix     Write 10.
Source  https://a.example

Reported, for example
    {
      "waivers": [`);
  });

  test.each([
    ["capacity/conector", 'There is no rule "capacity/conector": did you mean "capacity/connector"?'],
    [
      "capacity",
      'There is no rule "capacity"; of that family there are capacity/connector, capacity/database-connections.',
    ],
    ["zzzzzzzzzzz", 'There is no rule "zzzzzzzzzzz"; the families are capacity, edge.'],
  ])("says what may have been meant by %s", (id, said) => {
    const rules = [text("capacity/connector"), text("capacity/database-connections"), text("edge/redirect")];
    expect(() => explain(id, rules, plain)).toThrow(said);
  });
});
