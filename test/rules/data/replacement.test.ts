import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { DATABASE, database, planned } from "./plan-fixture.ts";

const replacement = ruleById("data/replacement");

describe("data/replacement", () => {
  const shrink = (more: object = {}) =>
    planned(replacement, DATABASE, {
      actions: ["delete", "create"],
      before: database({ disk_size: 50 }, more),
      after: database({ disk_size: 20 }, more),
      replace_paths: [["settings", 0, "disk_size"]],
    });

  test("a change in place, and a new resource, pass", () => {
    const [before, after] = [database({ disk_size: 50 }), database({ disk_size: 51 })];
    expect(planned(replacement, DATABASE, { actions: ["update"], before, after })).toEqual([]);
    expect(planned(replacement, DATABASE, { actions: ["create"], before: null, after })).toEqual([]);
  });

  test("a smaller disk deletes the database", () => {
    expect(shrink()).toEqual([
      {
        severity: "error",
        message:
          "the plan replaces it because of settings.disk_size 50 -> 20; fails at run time: all data and all automatic backups are deleted and an EMPTY instance is created with a new address, the old name is blocked for a week, so that creation fails unless the name changes.",
      },
    ]);
  });

  test("deletion protection refuses it", () => {
    expect(shrink({ deletion_protection: true })[0]?.message).toContain(
      "rejected by the API: deletion_protection is true",
    );
  });

  test("a resource that carries traffic is a warning, one that carries none is fine", () => {
    const recreated = (type: string) =>
      planned(replacement, type, {
        actions: ["delete", "create"],
        before: { name: "a" },
        after: { name: "b" },
      });
    expect(recreated("google_compute_firewall")).toEqual([
      {
        severity: "warning",
        message:
          "the plan replaces it; fails at run time: what it allowed is dropped until the new one exists, unless another rule allows it.",
      },
    ]);
    expect(recreated("google_compute_ssl_policy")).toEqual([]);
    expect(recreated("google_new_product")).toEqual([
      {
        severity: "unknown",
        message:
          "the plan replaces it: whether a google_new_product holds data or carries traffic is not known to the rule book.",
      },
    ]);
  });
});
