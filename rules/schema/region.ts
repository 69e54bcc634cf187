import type { Graph, Resource } from "../../graph/index.ts";
import { factsOf } from "../../resources/facts/index.ts";
import { meantRegion, nearestRegion, regionForm, zoneForm } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** Types whose location is a region (or a multi-region), never a zone. */
const REGIONAL =
  /^google_(alloydb_|artifact_registry_|bigquery_dataset$|certificate_manager_|cloud_run_|cloud_tasks_|cloudfunctions2_|dataform_|eventarc_|gke_backup_|kms_key_ring$|memorystore_|network_connectivity_|network_services_(?!multicast)|privateca_|secret_manager_regional_|spanner_|vertex_ai_|workflows_|workstations_)/;

/** Of these types it is one region, and neither a multi-region ("eu") nor "global". */
const ONE_REGION = {
  region:
    /^google_(cloud_scheduler_job$|cloudfunctions_|composer_|compute_|memcache_|redis_|sql_database_instance$|vpc_access_connector$)/,
  location:
    /^google_(alloydb_|cloud_run_|cloud_tasks_|cloudfunctions2_|memorystore_|secret_manager_regional_)/,
} as const;

/** A region, that of another cloud of Google's included ("u-france-east1"). */
const ANY_REGION = /^[a-z]+(-[a-z]+)+\d+$/;

/** A region is not a zone, and is written as Google writes it. */
export const region: Rule = {
  id: "schema/region",
  why: 'A region ("us-west1") has zones ("us-west1-b"), and no field takes one for the other, nor a misspelled one; the provider checks none of it.',
  limit:
    'region, and location of regional types: a region, and no multi-region ("eu") where there is none; zone: a zone; region of the provider: a region; no misspelled one',
  fix: "Drop the letter of the zone.",
  source: "https://docs.cloud.google.com/compute/docs/regions-zones",
  *check(graph) {
    const seen = new Set<string>();
    for (const resource of graph.all()) {
      if (!resource.type.startsWith("google_")) continue;
      yield* written(resource);
      yield* misspelled(resource);
      yield* noRegion(resource);
      yield* ofProvider(graph, resource, seen);
    }
  },
};

function* written(resource: Resource): Iterable<Violation> {
  for (const attribute of ["region", "location"]) {
    const [zone, name] = zoneForm.exec(resource.string(attribute) ?? "") ?? [];
    if (zone === undefined || (attribute === "location" && !REGIONAL.test(resource.type))) continue;
    yield {
      resource,
      severity: "error",
      message: `${attribute} is "${zone}", a zone; rejected by the API: it must be a region.`,
      fix: `Drop "${zone.slice(-2)}": write ${attribute} = "${name}".`,
    };
  }
  const name = resource.string("zone") ?? "";
  if (regionForm.test(name) && resource.type.startsWith("google_compute_"))
    yield {
      resource,
      severity: "error",
      message: `zone is "${name}", a region; rejected by the API: it must be a zone.`,
      fix: `Add the letter of the zone, for example zone = "${name}-b".`,
    };
}

function* misspelled(resource: Resource): Iterable<Violation> {
  for (const attribute of ["region", "location", "zone"]) {
    const text = resource.string(attribute)?.split("/").at(-1) ?? "";
    if (text === "") continue;
    const [, region = text, zone = ""] = attribute === "region" ? [] : (/^(.+\d)(-[a-z])$/.exec(text) ?? []);
    const meant = meantRegion(region);
    if (meant !== undefined)
      yield {
        resource,
        severity: "error",
        message: `${attribute} is "${text}"; rejected by the API: there is no such ${attribute === "zone" ? "zone" : "region"}.`,
        fix: `Write ${attribute} = "${meant}${zone}".`,
      };
  }
}

/** What has the form of no region: "EU", "US-CENTRAL1", "europe west1". */
function* noRegion(resource: Resource): Iterable<Violation> {
  for (const attribute of ["region", "location"] as const) {
    const text = resource.string(attribute)?.split("/").at(-1) ?? "";
    if (text === "" || ANY_REGION.test(text) || !ONE_REGION[attribute].test(resource.type)) continue;
    if (zoneForm.test(text) || meantRegion(text) !== undefined) continue;
    yield {
      resource,
      severity: "error",
      message: `${attribute} is "${text}"; rejected by the API: it must be a region.`,
      fix: `Write a region, for example ${attribute} = "${nearestRegion(text)}".`,
    };
  }
}

/** What has no region of its own has that of its provider: one resource of each provider is enough to say so. */
function* ofProvider(graph: Graph, resource: Resource, seen: Set<string>): Iterable<Violation> {
  const region = resource.provider.string("region") ?? "";
  if (region === "") return;
  const [zone, name] = zoneForm.exec(region) ?? [];
  const meant = name ?? meantRegion(region);
  if (meant === undefined || resource.get("region") !== undefined) return;
  const key = graph.key(`${resource.providerSource} ${region}`, resource);
  if (seen.has(key) || factsOf(resource.type)?.of("region").newest?.optional !== true) return;
  seen.add(key);
  yield {
    resource,
    severity: "error",
    ...(zone === undefined
      ? {
          message: `region is "${region}" in its provider; rejected by the API: there is no such region.`,
          fix: `Write region = "${meant}" in the provider block.`,
        }
      : {
          message: `region is "${zone}" in its provider, a zone; rejected by the API: it must be a region.`,
          fix: `Drop "${zone.slice(-2)}": write region = "${name}" in the provider block; the zone goes into zone.`,
        }),
  };
}
