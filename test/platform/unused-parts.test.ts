import { describe, expect, test } from "@jest/globals";
import { cidr } from "../../platform/units.ts";
import { unusedParts } from "../../platform/unused-parts.ts";
import { shapes } from "../fixtures/shapes.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const unused = (shape: keyof typeof shapes, change?: (draft: Draft) => void): string[] =>
  unusedParts(changedShape(shape).plan(change)).map(
    ({ setting, note, fix }) => `${setting} ${note}. ${fix}.`,
  );

/** The kind: a part of an environment that is created, paid or asked of a person, and that nothing uses. */
describe("what nothing uses is said", () => {
  test.each<[string, keyof typeof shapes, (draft: Draft) => void, string]>([
    [
      "a further domain",
      "webapi",
      (draft) => {
        draft.edge.furtherDomains = [{ name: "acme.org" }];
      },
      "edge.furtherDomains acme.org has a certificate, and no host. give a service or a redirect a host under acme.org, or remove it.",
    ],
    [
      "the connector",
      "connector",
      (draft) => {
        draft.network.addresses.directEgress = cidr("10.8.0.0/24");
        draft.services[0].path = "direct";
      },
      "network.connector has 2 instances that always run, and nothing goes through it. remove it once no revision that goes through it gets traffic.",
    ],
    [
      "a further connector",
      "connector",
      (draft) => {
        draft.network.furtherConnectors = [
          { name: "night", range: cidr("10.8.16.16/28"), minInstances: 2, maxInstances: 3 },
        ];
      },
      "network.furtherConnectors night has 2 instances that always run, and nothing goes through it. remove it once no revision that goes through it gets traffic.",
    ],
    [
      "the own connector, without which no further one may be there",
      "connector",
      (draft) => {
        draft.network.furtherConnectors = [
          { name: "night", range: cidr("10.8.16.16/28"), minInstances: 2, maxInstances: 3 },
        ];
        draft.services[0].connector = "night";
      },
      "network.connector has 2 instances that always run, and nothing goes through it. write one of furtherConnectors in its place once no revision that goes through it gets traffic.",
    ],
    [
      "the connector of a further region",
      "nights",
      (draft) => {
        const [api] = draft.services;
        draft.services = [draft.services[1], { ...api, regions: undefined }];
      },
      "regions.us-central1.connector has 2 instances that always run, and nothing goes through it. write one of furtherConnectors in its place once no revision that goes through it gets traffic.",
    ],
    [
      "the database",
      "connector",
      (draft) => {
        draft.services[0].database = undefined;
      },
      "database is a Cloud SQL instance that no service, job or worker pool uses. name it where it is used, or remove it.",
    ],
    [
      "a secret",
      "connector",
      (draft) => {
        draft.secrets.push({ name: "forgotten" }, { name: "theirs", project: "acme-secrets" });
      },
      "secrets forgotten is created, a person adds its value, and nothing reads it. add it to secrets of what reads it, or remove it.",
    ],
    [
      "an external dependency",
      "connector",
      (draft) => {
        draft.externalDependencies = [{ name: "partner", host: "api.partner.example" }];
      },
      "externalDependencies partner is called by nothing. add it to dependsOn of what calls it, or remove it.",
    ],
  ])("%s", (_, shape, change, sentence) => {
    expect(unused(shape, change)).toEqual([sentence]);
  });

  test.each(Object.keys(shapes) as (keyof typeof shapes)[])("and nothing of %s, which uses all", (shape) => {
    expect(unused(shape)).toEqual([]);
  });

  test("a primary is used where only its replica is read", () => {
    const parts = unused("connector", (draft) => {
      draft.databases = [{ ...draft.database, replicas: [{ name: "reader" }] }];
      draft.database = undefined;
      draft.services[0].database.instance = "reader";
    });
    expect(parts).toEqual([]);
  });
});
