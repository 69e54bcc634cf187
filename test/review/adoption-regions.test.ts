import { describe, expect, test } from "@jest/globals";
import { adoptionText } from "../../commands/adopt/formatted.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { adoptionOf } from "../../review/adoption/adoption.ts";
import { recognize } from "../../review/adoption/recognize.ts";
import { graphOf } from "../rules/support.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";
import { synthesisOf } from "../support/synthesized.ts";

const service = (location: string) => ({ name: "two-web", location, template: {} });
const graph = graphOf({
  google_cloud_run_v2_service: { us: service("us-central1"), eu: service("europe-west1") },
});

/** The kind: of two resources of one name, the one in another region is taken. */
test("a service of each region is recognized as that of its region", () => {
  const plan = changedShape("two").plan();
  const of = (place: typeof plan) =>
    recognize(place, graph)
      .matches.filter(({ slot }) => slot.kind === "services")
      .map(({ slot, resource }) => [slot.of, resource.address]);
  expect(of(plan)).toEqual([["web", "google_cloud_run_v2_service.eu"]]);
  expect(plan.furtherRegions.map(of)).toEqual([[["web", "google_cloud_run_v2_service.us"]]]);
});

/** What runs, under the names that somebody gave it, and the environment before anything was declared. */
const nights = changedShape("nights");
const running = nights.environment((draft: Draft) => {
  draft.existing = {
    network: "corp-vpc",
    connector: "corp-connector",
    connectors: { night: "batch-machine" },
  };
  draft.regions[0].existing = { connector: "us-connector", connectors: { night: "us-machine" } };
});
const adopted = (wanted: Environment, found: Environment) =>
  adoptionOf(platformPlan(wanted), synthesisOf(found).graph(found));
const undeclared = nights.environment((draft: Draft) => {
  draft.existing = undefined;
  draft.regions[0].existing = undefined;
});

describe("connectors of several regions, under names of their own", () => {
  const adoption = adopted(undeclared, running);

  test("are recognized by their ranges, and proposed where each is declared", () => {
    const pasted = (text: string) => new Function(`return { ${text} };`)().existing;
    expect(pasted(adoption.proposal)).toMatchObject({
      network: "corp-vpc",
      connector: "corp-connector",
      connectors: { night: "batch-machine" },
    });
    expect(adoption.regions.map(({ region, proposal }) => [region, pasted(proposal)])).toEqual([
      [
        "us-central1",
        { connector: "us-connector", connectors: { night: "us-machine" }, services: ["api", "loader"] },
      ],
    ]);
    expect(adoption.undecided).toEqual([]);
    expect(adoptionText(adoption)).toContain(
      "Declarations for the entry of us-central1 in regions of environments/nights.ts",
    );
  });

  test("are adopted as pasted: the second reading proposes the same and finds nothing that disagrees", () => {
    const declared = nights.environment((draft: Draft) => {
      draft.existing = new Function(`return { ${adoption.proposal} };`)().existing;
      draft.regions[0].existing = new Function(`return { ${adoption.regions[0]?.proposal} };`)().existing;
    });
    const again = adopted(declared, running);
    expect([again.proposal, again.regions, again.disagreements]).toEqual([
      adoption.proposal,
      adoption.regions,
      [],
    ]);
  });

  test("are compared, with the setting of the region", () => {
    const larger = nights.environment((draft: Draft) => {
      draft.existing = undefined;
      draft.regions[0].existing = undefined;
      draft.regions[0].furtherConnectors[0].maxInstances = 5;
      draft.services[1].regions[0].instances = { max: 3 };
    });
    expect(
      adopted(larger, running).disagreements.map(({ path, stated, found }) => [path, stated, found]),
    ).toEqual([
      ["regions.us-central1.furtherConnectors.night.maxInstances", "5", "4"],
      ["services.loader.regions.us-central1.instances.max", "3", "2"],
    ]);
  });
});

/** The kind: variables of a second database or cache, whose names have a prefix, are passed over. */
test("pools, databases and logins of each of several databases and caches are compared", () => {
  const differing = (name: "databases" | "caches", change: (draft: Draft) => void) => {
    const shape = changedShape(name);
    const found = shape.environment();
    return adopted(shape.environment(change), found)
      .disagreements.filter(({ path }) => path.includes("POOL") || path.includes("POSTGRES"))
      .map(({ path, stated, found: there }) => [path, stated, there]);
  };
  expect(
    differing("databases", (draft) => {
      draft.services[1].databases[1].pool = 3;
      draft.databases[1].user = "reporter";
    }),
  ).toEqual([
    ["services.api.databases.audit.pool (AUDIT_DATABASE_POOL_SIZE of api)", "3", "2"],
    ["databases.reports.user (REPORTS_POSTGRES_USER of api)", "reporter", "acme"],
  ]);
  expect(
    differing("caches", (draft) => {
      draft.services[1].caches[1].pool = 3;
    }),
  ).toEqual([["services.api.caches.work.pool (WORK_REDIS_POOL_SIZE of api)", "3", "2"]]);
});
