import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const rule = ruleById("reachability/literal-order");
const REPLICA = "google_sql_database_instance.replica";
const replica = (more: object) =>
  check(rule, {
    google_sql_database_instance: {
      primary: { name: "app-primary" },
      replica: { name: "app-replica", ...more },
    },
  });

describe("reachability/literal-order", () => {
  test("a reference orders, and so does depends_on", () => {
    expect(replica({ master_instance_name: "${google_sql_database_instance.primary.name}" })).toEqual([]);
    const depends_on = ["google_sql_database_instance.primary"];
    expect(replica({ master_instance_name: "app-primary", depends_on })).toEqual([]);
  });

  test("a text does not, where the input creates what it names", () => {
    expect(replica({ master_instance_name: "elsewhere" })).toEqual([]);
    expect(replica({ master_instance_name: "app-primary" })).toMatchObject([
      {
        address: REPLICA,
        severity: "warning",
        message:
          'master_instance_name is the text "app-primary", the name of google_sql_database_instance.primary; rejected by the API where that is created later: nothing makes Terraform wait for it.',
      },
    ]);
  });
});
