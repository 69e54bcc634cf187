import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isUnknown, type Resource, readGraph, type Value } from "../../graph/index.ts";

const fixtures = join(__dirname, "../fixtures");

/** Values for comparing: texts of all primitives, lists in one order, "?" for what is not known, nothing that is empty. */
function plain(value: Value): unknown {
  if (isUnknown(value)) return "?";
  if (Array.isArray(value)) {
    const items = value.map(plain);
    return items.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value === null ? null : String(value);
  const entries = Object.entries(value).filter(
    ([, item]) => item !== null && !(Array.isArray(item) && item.length === 0),
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]));
}

function keyOf(item: unknown): string {
  const { name, protocol } = Object(item) as { name?: unknown; protocol?: unknown };
  return String(name ?? protocol ?? item);
}

/** A single block as the list that a plan writes. */
function asPlanned(values: unknown, planned: unknown): unknown {
  if (Array.isArray(planned) && !Array.isArray(values)) return [asPlanned(values, planned[0])];
  if (Array.isArray(values))
    return values.map((item, i) => asPlanned(item, Array.isArray(planned) ? planned[i] : undefined));
  if (typeof values !== "object" || values === null) return values;
  const own = Object(planned) as { readonly [key: string]: unknown };
  return Object.fromEntries(Object.entries(values).map(([key, item]) => [key, asPlanned(item, own[key])]));
}

describe("the evaluator and Terraform itself", () => {
  const inputs = Promise.all([
    readGraph([join(fixtures, "terraform/patterns")]),
    readGraph([join(fixtures, "plans/patterns.json")]),
  ]);

  test("find the same instances", async () => {
    const [configuration, plan] = await inputs;
    const addresses = (resources: readonly Resource[]) =>
      resources.map((resource) => resource.address).sort();
    expect(addresses(configuration.all())).toEqual(addresses(plan.all()));
    expect(configuration.all()).toHaveLength(23);
  });

  test("find the same values", async () => {
    const [configuration, plan] = await inputs;
    for (const resource of configuration.all()) {
      const planned = plain(plan.at(resource.address)?.values ?? null);
      expect({ [resource.address]: planned }).toMatchObject({
        [resource.address]: asPlanned(plain(resource.values), planned),
      });
    }
  });

  test("find the same projects, and the same resources behind references", async () => {
    const [configuration, plan] = await inputs;
    const follow = async (address: string, path: string, type: string) =>
      (await inputs).map((graph) => {
        const from = graph.at(address);
        const target = from === undefined ? undefined : graph.target(from.get(path), [type], from);
        return target?.kind === "resource" ? target.resource.address : target?.kind;
      });
    for (const resource of configuration.all()) {
      const planned = plan.at(resource.address);
      expect(planned && plan.project(planned)).toBe(configuration.project(resource));
    }
    const interfaces = "template.vpc_access.network_interfaces";
    expect(
      await follow(
        "module.svc[0].google_cloud_run_v2_service.this",
        `${interfaces}.network`,
        "google_compute_network",
      ),
    ).toEqual(Array(2).fill('module.vpc["prod"].google_compute_network.this'));
    expect(
      await follow(
        "module.dr.google_cloud_run_v2_service.this",
        `${interfaces}.subnetwork`,
        "google_compute_subnetwork",
      ),
    ).toEqual(Array(2).fill('module.vpc["dev"].module.sub["dev-c"].google_compute_subnetwork.this'));
    expect(await follow('google_compute_router.r["prod"]', "network", "google_compute_network")).toEqual(
      Array(2).fill('module.vpc["prod"].google_compute_network.this'),
    );
    expect(await follow('google_project_iam_member.m["api"]', "member", "google_service_account")).toEqual(
      Array(2).fill('google_service_account.sa["api"]'),
    );
  });
});
