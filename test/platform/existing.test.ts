import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { givenName } from "../../platform/existing/given-name.ts";
import { existingKinds, typeOf } from "../../platform/existing/kinds.ts";
import { platformNames } from "../../platform/names.ts";
import { platformPlan } from "../../platform/plan.ts";
import { importId, importSource, readImportId } from "../../resources/import-id.ts";
import { changedShape } from "../support/changed-shape.ts";
import { type Draft, environment, issues } from "../support/environments.ts";

/** What is said where `existing` holds this and nothing else. */
const existing = (value: unknown): string[] =>
  issues((draft) => {
    draft.existing = value;
  });

describe("names", () => {
  const names = (value: Draft) => {
    const changed = environment((draft) => {
      draft.existing = value;
    });
    const { databaseInstances: databases, cacheInstances: caches } = platformPlan(changed);
    return { ...platformNames(changed), databases, caches };
  };

  test("true keeps the name that the platform computes", () => {
    const { network, databases, caches } = names({ network: true, database: true, cache: true });
    expect([network, databases[0]?.instance, caches[0]?.instance]).toEqual([
      "staging-vpc",
      "staging-shared-postgres",
      "staging-redis",
    ]);
  });

  test("a given name is used everywhere, and so are the ids made of it", () => {
    const found = names({
      network: "legacy-vpc",
      connector: "legacy-connector",
      database: "netra-staging-db",
      services: { backend: "netra-backend-staging" },
      serviceAccounts: { auth: "auth-account@netra-staging.iam.gserviceaccount.com" },
    });
    expect(found.networkId).toBe("projects/netra-staging/global/networks/legacy-vpc");
    expect(found.connectorId).toBe(
      "projects/netra-staging/locations/us-central1/connectors/legacy-connector",
    );
    expect(found.databases[0]?.connectionName).toBe("netra-staging:us-central1:netra-staging-db");
    expect(found.service("backend")).toBe("netra-backend-staging");
    expect(found.service("auth")).toBe("staging-auth");
    expect(found.serviceAccountEmail("auth")).toBe("auth-account@netra-staging.iam.gserviceaccount.com");
    expect(found.serviceAccount("backend")).toBe("staging-backend-run");
  });

  test.each([
    ["a name", "legacy"],
    ["an id", "projects/netra-staging/locations/us-central1/connectors/legacy"],
    ["a self link", "https://www.googleapis.com/compute/v1/projects/p/global/networks/legacy"],
    ["a connection name", "netra-staging:us-central1:legacy"],
    ["an e-mail", "legacy@netra-staging.iam.gserviceaccount.com"],
  ])("%s ends in the short name", (_what, given) => expect(givenName(given)).toBe("legacy"));

  test("a service may be called like something that every object has", () => {
    const found = names({ services: {} });
    expect(found.service("constructor")).toBe("staging-constructor");
  });
});

describe("import ids", () => {
  const place = fc.record({
    project: fc.stringMatching(/^[a-z][a-z0-9-]{4,10}[a-z0-9]$/),
    region: fc.constantFrom("us-central1", "europe-west1"),
    parent: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  });

  test.each([...existingKinds])("of %s can be read back", (kind) => {
    fc.assert(
      fc.property(place, (written) => {
        expect(written).toMatchObject(
          readImportId(typeOf(kind), importId(typeOf(kind), written)) ?? { unread: true },
        );
        expect(givenName(importId(typeOf(kind), written))).toBe(
          kind === "privateServicesConnection" ? "servicenetworking.googleapis.com" : written.name,
        );
      }),
      { numRuns: 30 },
    );
  });

  test("each has a page in the provider's documentation", () => {
    expect(importSource(typeOf("database"))).toBe(
      "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/sql_database_instance#import",
    );
  });
});

describe("issues", () => {
  test.each<[string, unknown, string]>([
    [
      "not a name",
      { network: "" },
      'existing.network is "": allowed is true (it has the name that the platform computes), or the name or id that it has. Fix: write true or for example "legacy-vpc"; leave it out where nothing exists.',
    ],
    ["false", { network: false }, "leave it out where nothing exists"],
    ["a misspelled slot", { databse: true }, 'Fix: did you mean "database"?'],
    [
      "services as a list",
      { services: ["backend"] },
      'existing.services is ["backend"]: allowed is, for each service by its name,',
    ],
    [
      "a service that is not declared",
      { services: { bakend: true } },
      'existing.services.bakend is true: no service of this name is declared. Fix: did you mean "backend"?',
    ],
    [
      "a secret that is not declared",
      { secrets: ["jwt-signing-kee"] },
      'existing.secrets[0] is "jwt-signing-kee": no secret of this name is declared. Fix: did you mean "jwt-signing-key"?',
    ],
    [
      "another project",
      { database: "netra-production:us-central1:shared" },
      'it is in project "netra-production", and this environment in "netra-staging". Fix: Terraform cannot move it: correct the id or project, or leave it out and create a new one.',
    ],
    [
      "another region",
      { network: true, connector: "projects/netra-staging/locations/europe-west1/connectors/c" },
      'it is in region "europe-west1", and this environment in "us-central1"',
    ],
    [
      "another region in a connection name",
      { database: "netra-staging:europe-west1:x" },
      'region "europe-west1"',
    ],
    [
      "an id of something else",
      { database: "projects/netra-staging/locations/us-central1/instances/redis" },
      "it is not the id of a database instance, which has the form projects/PROJECT/instances/NAME",
    ],
    [
      "a connector without its network",
      { connector: true },
      "existing.connector is true: existing.network does not state its VPC network, so that Terraform would replace it in a new one. Fix: add network: true to existing, or its name.",
    ],
    ["Redis without its network", { cache: true }, "existing.network does not state its VPC network"],
    [
      "a database name without its instance",
      { databaseName: true },
      "existing.database does not state its database instance",
    ],
    ["a NAT without its router", { network: true, nat: true }, "existing.router does not state its router"],
    [
      "a NAT in another router",
      {
        network: true,
        router: "one",
        nat: "projects/netra-staging/regions/us-central1/routers/two/nat",
      },
      'its router is "two", and existing.router states another. Fix: write existing.router: "two".',
    ],
    [
      "more addresses than Cloud NAT has",
      { natAddresses: ["one", "two"] },
      "Cloud NAT has 1 (network.nat.addresses), and the others would not be imported. Fix: raise network.nat.addresses to 2, or name fewer.",
    ],
    [
      "one service for two",
      { services: { auth: "netra", backend: "netra" } },
      'existing.services.backend is "netra": existing.services.auth imports the same service.',
    ],
  ])("%s", (_what, value, expected) => {
    const found = existing(value);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  test("a connector in an environment without one", () => {
    const found = issues((draft) => {
      delete draft.network.connector;
      delete draft.network.addresses.connector;
      draft.services[1].path = "direct";
    });
    expect(found).toEqual([
      "existing.connector is true: the environment has no connector to import it as. Fix: state its numbers in network.connector, or remove this.",
    ]);
  });
});

describe("what to do about a declaration that nothing takes", () => {
  const { issues: ofShape } = changedShape("workers");

  test("where there is none of its kind, it is removed", () => {
    expect(
      ofShape((draft: Draft) => (draft.existing = { secrets: ["old"], databaseNames: ["a/b"] })),
    ).toEqual([
      'existing.databaseNames[0] is "a/b": no instance has this database. Fix: remove it: none is declared.',
      'existing.secrets[0] is "old": no secret of this name is declared. Fix: declared: postgres-password.',
    ]);
  });

  test("a job or a worker pool is created, and its service account may be imported", () => {
    expect(ofShape((draft: Draft) => (draft.existing = { services: { kafka: "legacy-kafka" } }))).toEqual([
      'existing.services.kafka is "legacy-kafka": this is a worker pool, which is created, not imported. Fix: remove it; where the old one still runs, delete it after the deployment.',
    ]);
  });

  test("one instance is not declared in the list of several", () => {
    expect(ofShape((draft: Draft) => (draft.existing = { databases: { postgres: "legacy" } }))).toEqual([
      'existing.databases.postgres is "legacy": the environment has database, and no list databases. Fix: write database: "legacy" in existing in its place.',
    ]);
  });
});
