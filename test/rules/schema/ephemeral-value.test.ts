import { describe, expect, test } from "@jest/globals";
import { graphFromTerraformJson } from "../../../graph/index.ts";
import { ruleBook } from "../../../rules/index.ts";
import { runRules } from "../../../rules/run.ts";

const VALUE = "${ephemeral.random_password.database.result}";

/** What the rule book's schema family says of a configuration with an ephemeral password. */
function said(resource: object, more: object = {}) {
  const json = {
    ephemeral: { random_password: { database: { length: 24 } } },
    provider: { google: { project: "acme-dev" } },
    ...more,
    resource,
  };
  return runRules(graphFromTerraformJson([{ origin: "test", json }], { whole: true }), ruleBook)
    .filter(({ rule, severity }) => rule.startsWith("schema/") && severity !== "unknown")
    .map(({ rule, message }) => `${rule}: ${message}`);
}
const version = (body: object) => ({
  google_secret_manager_secret_version: {
    database: { secret: "projects/acme-dev/secrets/database", ...body },
  },
});

/** The kind: what an `ephemeral` block declares was taken for something that nothing declares. */
describe("an ephemeral value", () => {
  test("is declared, and is taken by a write-only argument", () => {
    expect(said(version({ secret_data_wo: VALUE, secret_data_wo_version: 1 }))).toEqual([]);
    expect(
      said(
        version({
          secret_data_wo: VALUE,
          secret_data_wo_version: 1,
          depends_on: ["ephemeral.random_password.database"],
        }),
      ),
    ).toEqual([]);
  });

  test("is rejected by an argument that the state keeps, as a whole or as a part of a text", () => {
    expect(said(version({ secret_data: VALUE }))).toEqual([
      "schema/ephemeral-value: secret_data is a value of ephemeral.random_password.database; rejected at plan: the state would keep it, and an ephemeral value is never kept.",
    ]);
    expect(said(version({ secret_data: `app:${VALUE}` }))).toHaveLength(1);
    const env = (value: string) => ({
      google_cloud_run_v2_service: {
        api: {
          name: "api",
          location: "europe-west1",
          template: { containers: { image: "a", env: { name: "PASSWORD", value } } },
        },
      },
    });
    expect(said(env(VALUE))).toEqual([
      "schema/ephemeral-value: template.containers.env.value is a value of ephemeral.random_password.database; rejected at plan: the state would keep it, and an ephemeral value is never kept.",
    ]);
  });

  test("stays one through functions, apart from the one that takes it away", () => {
    const through = (expression: string) => said(version({ secret_data: `\${${expression}}` }));
    expect(through("base64encode(ephemeral.random_password.database.result)")).toHaveLength(1);
    expect(through('ephemeral.random_password.database.result == "" ? "a" : "b"')).toHaveLength(1);
    const asNull = "ephemeralasnull(ephemeral.random_password.database.result)";
    expect(through(asNull).filter((line) => line.startsWith("schema/ephemeral-value"))).toEqual([]);
    expect(through(`coalesce(${asNull}, "none")`)).toEqual([]);
  });

  test("that no block opens is not declared", () => {
    expect(
      said(
        version({ secret_data_wo: "${ephemeral.random_password.other.result}", secret_data_wo_version: 1 }),
      ),
    ).toEqual([expect.stringContaining("schema/undeclared: it refers to ephemeral.random_password.other")]);
  });
});
