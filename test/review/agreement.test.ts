import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { ResourceGraph, readPlan } from "../../graph/index.ts";
import { resourceType } from "../../resources/index.ts";
import { deletion } from "../../rules/data/deletion.ts";
import { replacement } from "../../rules/data/replacement.ts";
import { restart } from "../../rules/data/restart.ts";
import type { Rule } from "../../rules/rule.ts";
import { plan } from "../support/plans.ts";
import type { Json } from "../support/synthesized.ts";
import { planOf, reviewOf } from "./support.ts";

const FIXTURES = path.resolve(__dirname, "../fixtures/plans");

const plans: readonly (readonly [string, Json])[] = [
  ...readdirSync(path.join(FIXTURES, "changes")).map((file) => {
    const name = path.basename(file, ".json");
    return [name, plan(name)] as const;
  }),
  ...readdirSync(FIXTURES)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [file, JSON.parse(readFileSync(path.join(FIXTURES, file), "utf8"))] as const)
    .filter(([, json]) => json.resource_changes !== undefined),
  ["a flag that is read at start", flagChanged("shared_buffers", "131072", "262144")],
  ["a flag that is read at any time", flagChanged("log_min_duration_statement", "100", "200")],
  ["another type of disk", instance({ disk_type: "PD_HDD" }, { disk_type: "PD_SSD" }, ["update"])],
  ["every type of the catalogue recreated", allRecreated()],
];

function instance(before: object, after: object, actions: readonly string[]) {
  const values = (settings: object) => ({
    name: "orders",
    settings: [{ tier: "db-custom-2-7680", ...settings }],
  });
  return planOf({
    address: "google_sql_database_instance.orders",
    mode: "managed",
    type: "google_sql_database_instance",
    name: "orders",
    change: { actions, before: values(before), after: values(after), after_unknown: {} },
  });
}

function flagChanged(name: string, was: string, now: string) {
  const flags = (value: string) => ({ database_flags: [{ name, value }] });
  return instance(flags(was), flags(now), ["update"]);
}

function allRecreated() {
  const types = [
    "google_redis_instance",
    "google_storage_bucket",
    "google_pubsub_topic",
    "google_kms_crypto_key",
  ];
  return planOf(
    ...[...types, "google_bigquery_table", "google_compute_ssl_policy", "google_monitoring_alert_policy"].map(
      (type) => ({
        address: `${type}.main`,
        mode: "managed",
        type,
        name: "main",
        change: {
          actions: ["delete", "create"],
          before: { name: "a" },
          after: { name: "b" },
          after_unknown: {},
          replace_paths: [["name"]],
        },
      }),
    ),
  );
}

/** Addresses that the rule reports for the plan, of types in the catalogue. */
function reportedBy(rule: Rule, json: Json): string[] {
  const graph = new ResourceGraph([readPlan("plan", json)]);
  const addresses = [...rule.check(graph)]
    .filter(({ resource }) => resourceType(resource.type) !== undefined)
    .map(({ resource }) => resource.address);
  return [...new Set(addresses)].sort();
}

/** Addresses of what the review calls so, of types in the catalogue. */
function reviewed(json: Json, word: RegExp): string[] {
  const changes = reviewOf({ dev: json }).stacks.flatMap((stack) => stack.changes);
  return changes
    .filter(({ address, impact }) => isKnown(address) && impact.some((sentence) => word.test(sentence)))
    .map(({ address }) => address)
    .sort();
}

function isKnown(address: string): boolean {
  const type = /(?:^|\.)([a-z]+_\w+)\.[^.]+$/.exec(address)?.[1] ?? "";
  return resourceType(type)?.deleteImpact !== undefined;
}

/** The kind: two readers of one plan that know different facts about a resource type. */
describe("verify and review call the same resources replaced, restarted and lost", () => {
  test.each(plans)("%s", (_, json) => {
    expect({
      replaced: reportedBy(replacement, json),
      restarted: reportedBy(restart, json),
      destroyed: reportedBy(deletion, json),
    }).toEqual({
      replaced: reviewed(json, /is REPLACED/),
      restarted: reviewed(json, /\bRESTARTS\b/),
      destroyed: reviewed(json, /is DESTROYED/),
    });
  });
});
