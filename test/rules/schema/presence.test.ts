import { describe, expect, test } from "@jest/globals";
import { conflict } from "../../../rules/schema/conflict.ts";
import { missingAttribute } from "../../../rules/schema/missing-attribute.ts";
import { readOnly } from "../../../rules/schema/read-only.ts";
import { redis, reported } from "./support.ts";

const REDIS = "google_redis_instance";

describe("schema/missing-attribute", () => {
  test("what is set passes, known or not", () => {
    expect(reported(missingAttribute, REDIS, redis)).toEqual([]);
    expect(reported(missingAttribute, REDIS, { name: "c", memory_size_gb: "${var.size}" })).toEqual([]);
  });

  test("what a variable may still set is not missing", () => {
    const variable = { size: { default: null }, windows: { default: [] } };
    const body = { name: "c", memory_size_gb: "${var.size}" };
    expect(reported(missingAttribute, REDIS, body, { variable })).toEqual([]);
    const policy = {
      ...redis,
      maintenance_policy: {
        weekly_maintenance_window: {
          day: "${var.size}",
          dynamic: { start_time: { for_each: "${var.windows}", content: {} } },
        },
      },
    };
    expect(reported(missingAttribute, REDIS, policy, { variable })).toEqual([]);
  });

  test("a required attribute, also of a block, and a required block", () => {
    expect(reported(missingAttribute, REDIS, { name: "cache" })).toEqual([
      "error: memory_size_gb is missing in google_redis_instance; rejected at plan: it is required. Set memory_size_gb.",
    ]);
    expect(
      reported(missingAttribute, REDIS, { ...redis, maintenance_policy: { weekly_maintenance_window: {} } }),
    ).toEqual([
      "error: day is missing in maintenance_policy.weekly_maintenance_window of google_redis_instance; rejected at plan: it is required. Set day.",
      "error: the block start_time is missing in maintenance_policy.weekly_maintenance_window of google_redis_instance; rejected at plan: it is required. Add a block start_time.",
    ]);
  });

  test("one that only some versions require is a warning where others are allowed", () => {
    const settings = { name: "s", project: "p" };
    const type = "google_storage_bucket";
    expect(reported(missingAttribute, type, settings, { version: "~> 6.0" })).toEqual([
      expect.stringMatching(/^error: location is missing/),
    ]);
    expect(reported(missingAttribute, type, settings, { version: ">= 4.0" })).toEqual([
      expect.stringMatching(/^(?:error|warning): location is missing/),
    ]);
  });
});

describe("schema/read-only", () => {
  test("what may be set and is otherwise computed passes", () => {
    expect(reported(readOnly, REDIS, { ...redis, location_id: "europe-west1-b" })).toEqual([]);
  });

  test("what Google decides cannot be set", () => {
    expect(reported(readOnly, REDIS, { ...redis, host: "10.0.0.4" })).toEqual([
      "error: host is set in google_redis_instance; rejected at plan: it is read-only, Google decides it. Remove host.",
    ]);
  });
});

describe("schema/conflict", () => {
  const object = { name: "index.html", bucket: "site" };
  const objects = (body: unknown, variable?: unknown) =>
    reported(
      conflict,
      "google_storage_bucket_object",
      { ...object, ...(body as object) },
      variable === undefined ? {} : { variable },
    );

  test("exactly one of two passes, one that is not known included", () => {
    expect(objects({ content: "hello" })).toEqual([]);
    expect(objects({ source: "${var.file}" })).toEqual([]);
    expect(objects({ content: "hello", source: "${var.file}" })).toEqual([]);
  });

  test("none of two", () => {
    expect(objects({})).toEqual([
      "error: none of content, source is set in google_storage_bucket_object; rejected at plan: the provider checks which of them belong together. Set exactly one of them.",
    ]);
    expect(objects({ content: "${var.text}" }, { text: { default: null } })).toEqual([]);
  });

  test("both of two", () => {
    expect(objects({ content: "hello", source: "index.html" })).toEqual([
      "error: content and source are set together in google_storage_bucket_object; rejected at plan: the provider checks which of them belong together. Keep one of them.",
    ]);
  });

  test("what excludes each other inside a block", () => {
    const template = (volume: object) => ({
      name: "api",
      location: "europe-west1",
      template: { containers: [{ image: "i", env: [{ name: "A", ...volume }] }] },
    });
    expect(reported(conflict, "google_cloud_run_v2_service", template({ value: "1" }))).toEqual([]);
  });
});

/** The kind: an argument that needs another one, with a value that is known only after the apply. */
describe("an argument without the one that it requires", () => {
  const user = (values: object) =>
    reported(
      conflict,
      "google_sql_user",
      { name: "app", instance: "main", ...values },
      { version: "~> 7.0" },
    );

  test("is found also where its value comes from a resource", () => {
    for (const value of ["${ephemeral.random_password.app.result}", "${random_password.app.result}"]) {
      expect(user({ password_wo: value, password_wo_version: 1 })).toEqual([]);
      expect(user({ password_wo: value })).toEqual([
        expect.stringMatching(/^error: password_wo is set without password_wo_version/),
      ]);
    }
  });

  test("is not, where a variable may leave it out", () => {
    const variable = { password: { default: null } };
    const body = { name: "app", instance: "main", password_wo: "${var.password}" };
    expect(reported(conflict, "google_sql_user", body, { version: "~> 7.0", variable })).toEqual([]);
  });
});
