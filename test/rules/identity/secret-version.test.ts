import { describe, expect, test } from "@jest/globals";
import { secretVersion } from "../../../rules/identity/secret-version.ts";
import { type Body, type Parts, saidOf, verdictsOf } from "../platform.ts";

const SERVICE = "google_cloud_run_v2_service.api";

function reads(parts: Parts, reference: Body): void {
  parts.container().env = [{ name: "TOKEN", value_source: [{ secret_key_ref: [reference] }] }];
}

describe("identity/secret-version", () => {
  test("warns of latest, and rejects a version as secret", () => {
    const used = (reference: Body) => verdictsOf(secretVersion, (parts) => reads(parts, reference));
    expect(used({ secret: "db-password", version: "3" })).toEqual([]);
    expect(used({ secret: "db-password", version: "latest" })).toEqual([`warning ${SERVICE}`]);
    for (const version of ["newest", "0"])
      expect(used({ secret: "db-password", version })).toEqual([`error ${SERVICE}`]);
    expect(used({ secret: "db-password", version: "7" })).toEqual([]);
    expect(used({ secret: "projects/hub/secrets/other", version: "current" })).toEqual([]);
    const alias = saidOf(secretVersion, (parts) => {
      parts.set("google_secret_manager_secret.db", { version_aliases: { current: "1" } });
      parts.env("TOKEN", undefined);
    });
    expect(alias).toEqual([]);
    expect(used({ secret: "${google_secret_manager_secret_version.db.id}", version: "1" })).toEqual([
      `error ${SERVICE}`,
    ]);
    expect(used({ secret: "projects/acme-dev/secrets/db-password/versions/1", version: "1" })).toEqual([
      `error ${SERVICE}`,
    ]);
  });
});
