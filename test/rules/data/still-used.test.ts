import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { type Change, plannedTogether } from "./plan-fixture.ts";

const rule = ruleById("data/still-used");
const id = "projects/acme/global/urlMaps/web";
const MAP = "google_compute_url_map.web";
const PROXY = "google_compute_target_https_proxy.web";
const before = { id, name: "web" };

function together(map: Partial<Change>, proxy: Partial<Change>, type = PROXY) {
  return plannedTogether(rule, {
    [MAP]: { actions: ["delete", "create"], before, after: { name: "web-2" }, ...map },
    [type]: {
      actions: ["update"],
      before: { name: "web", url_map: id },
      after: { name: "web" },
      after_unknown: { url_map: true },
      references: [`${MAP}.id`, MAP],
      ...proxy,
    },
  });
}

describe("data/still-used", () => {
  test("what is replaced delete-first while a user stays is refused, also by its self link", () => {
    const error = {
      address: MAP,
      severity: "error",
      message: `the plan deletes it before it creates the new one, and ${PROXY} uses it and stays; rejected by the API: it is in use.`,
    };
    expect(together({}, {})).toEqual([error]);
    const link = `https://www.googleapis.com/compute/v1/${id}`;
    expect(together({}, { before: { name: "web", url_map: link } })).toEqual([error]);
  });

  test("created first, or with its user replaced too, it is not in use any more", () => {
    expect(together({ actions: ["create", "delete"] }, {})).toEqual([]);
    expect(together({}, { actions: ["delete", "create"] })).toEqual([]);
    expect(together({}, { actions: ["create"], before: null })).toEqual([]);
  });

  test("what is deleted while a user still names it is refused", () => {
    const deleted = { actions: ["delete"], after: null };
    const kept = { actions: ["no-op"], after: { name: "web", url_map: id }, after_unknown: {} };
    expect(together(deleted, kept)).toMatchObject([
      { message: expect.stringContaining(`the plan deletes it, and ${PROXY} uses it and stays`) },
    ]);
    expect(together(deleted, { after: { name: "web", url_map: `${id}-2` }, after_unknown: {} })).toEqual([]);
    expect(together(deleted, { actions: ["delete"], after: null })).toEqual([]);
  });

  test("what only tells its name does not hold it", () => {
    expect(together({}, {}, "google_monitoring_dashboard.web")).toEqual([]);
  });
});
