import { describe, expect, test } from "@jest/globals";
import { graphFromTerraformJson } from "../../../graph/index.ts";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { instance, withInstance } from "./database-fixture.ts";

const nameTaken = ruleById("data/name-taken");

describe("data/name-taken", () => {
  test("two blocks of one name are rejected, two projects pass", () => {
    const two = (more: { readonly [key: string]: unknown }) =>
      check(nameTaken, {
        google_sql_database_instance: { orders: instance(), copy: instance({}, more) },
      });
    expect(two({ project: "acme-prod" })).toEqual([]);
    expect(two({})).toMatchObject([
      {
        severity: "error",
        address: "google_sql_database_instance.copy",
        message:
          'its name "orders" is also the name of google_sql_database_instance.orders; rejected by the API: the name is taken.',
      },
    ]);
  });

  /** The kind: stacks of one app that make the same thing in one project. */
  test("two stacks of one app take one name, two root modules may be one configuration", () => {
    const stack = (name: string, path: string | undefined) => ({
      origin: name,
      json: {
        provider: { google: { project: "acme-dev", region: "europe-west1" } },
        resource: {
          google_compute_network: {
            main: {
              name: "main",
              ...(path && { "//": { metadata: { path: `${name}/${path}`, uniqueId: "main" } } }),
            },
          },
        },
      },
    });
    const said = (path: string | undefined) =>
      [...nameTaken.check(graphFromTerraformJson([stack("a", path), stack("b", path)]))].map(
        ({ message }) => message,
      );
    expect(said("main")).toEqual([
      'its name "main" is also the name of google_compute_network.main (a/main); rejected by the API: the name is taken.',
    ]);
    expect(said(undefined)).toEqual([]);
  });

  test("a database is named once in its instance", () => {
    const databases = (instanceName: string) =>
      check(
        nameTaken,
        withInstance(
          {},
          {},
          {
            google_sql_database: {
              app: { name: "app", instance: "${google_sql_database_instance.orders.name}" },
              other: { name: "app", instance: instanceName },
            },
          },
        ),
      );
    expect(databases("elsewhere")).toEqual([]);
    expect(databases("orders")).toMatchObject([{ severity: "error", address: "google_sql_database.other" }]);
  });

  const named = (name: string) =>
    check(nameTaken, { google_sql_database_instance: { orders: { count: 2, ...instance({}, { name }) } } });

  test("names that depend on the index pass, a fixed one is taken", () => {
    expect(named("orders-${count.index}")).toEqual([]);
    expect(named("orders")).toMatchObject([
      {
        severity: "error",
        address: "google_sql_database_instance.orders[1]",
        message:
          'its name "orders" is also the name of google_sql_database_instance.orders[0]; rejected by the API: the name is taken.',
      },
    ]);
  });
});
