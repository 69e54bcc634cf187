import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { type Body, saidOf } from "../platform.ts";

const secretShape = ruleById("identity/secret-shape");

describe("identity/secret-shape", () => {
  const SECRET = "google_secret_manager_secret.db";
  const shaped = (values: Body) => saidOf(secretShape, (parts) => parts.set(SECRET, values));

  test("holds at 255 characters and breaks at 256", () => {
    expect(shaped({ secret_id: "a".repeat(255) })).toEqual([]);
    expect(shaped({ secret_id: "a".repeat(256) })[0]?.message).toContain(
      "(256 characters); rejected by the API: it must be 1 to 255 letters",
    );
  });

  test("rejects other characters, and none or two replications", () => {
    expect(shaped({ secret_id: "db.password" })[0]?.message).toContain('secret_id is "db.password"');
    expect(shaped({ replication: [{}] })[0]?.message).toContain(
      "neither replication.auto nor replication.user_managed is set; rejected by the API",
    );
    const both = shaped({ replication: [{ auto: [{}], user_managed: [{ replicas: [] }] }] });
    expect(both[0]?.message).toContain(
      "replication.auto and replication.user_managed are set; rejected at plan",
    );
  });

  test("rejects a version without payload, or above 64 KiB", () => {
    const version = (values: Body) =>
      saidOf(secretShape, (parts) => parts.set("google_secret_manager_secret_version.db", values));
    expect(version({ secret_data: undefined })[0]?.message).toContain(
      "none of secret_data, secret_data_wo and secret_data_wo_version is set; rejected by the API",
    );
    expect(version({ secret_data: "x".repeat(65536) })).toEqual([]);
    expect(version({ secret_data: "x".repeat(65537) })[0]?.message).toContain(
      "secret_data has 65537 bytes; rejected by the API",
    );
  });
});
