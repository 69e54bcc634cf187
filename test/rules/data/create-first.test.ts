import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { planned } from "./plan-fixture.ts";

const rule = ruleById("data/create-first");
const CONNECTOR = "google_vpc_access_connector";

function recreated(before: object, after: object, more: object = {}, type = CONNECTOR) {
  return planned(rule, type, { actions: ["create", "delete"], before, after, ...more });
}

describe("data/create-first", () => {
  const connector = { name: "run", project: "acme", region: "europe-west1", ip_cidr_range: "10.8.0.0/28" };

  test("another one of the name is refused", () => {
    expect(recreated(connector, { ...connector, ip_cidr_range: "10.9.0.0/28" })).toEqual([
      {
        severity: "error",
        message:
          'the plan creates the new one before it deletes the old one, and both have the name "run"; rejected by the API (409): it exists already.',
      },
    ]);
    const { project: _, ...after } = connector;
    expect(recreated(connector, after, { after_unknown: { project: true } })).toHaveLength(1);
  });

  test("another name, region or project is another resource", () => {
    expect(recreated(connector, { ...connector, name: "run-2" })).toEqual([]);
    expect(recreated(connector, { ...connector, region: "europe-west4" })).toEqual([]);
    const { name: _, ...after } = connector;
    expect(recreated(connector, after, { after_unknown: { name: true } })).toEqual([]);
  });

  test("delete-first frees the name, and a grant of the same member is none", () => {
    expect(recreated(connector, connector, { actions: ["delete", "create"] })).toEqual([]);
    const user = { name: "app", instance: "orders", project: "acme" };
    expect(recreated(user, user, {}, "google_sql_user")).toEqual([]);
  });
});
