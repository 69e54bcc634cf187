import { describe, expect, test } from "@jest/globals";
import { parseEnvironment } from "../../../platform/environment.ts";
import { platformPlan } from "../../../platform/plan.ts";
import { elementName } from "../../../platform/schema/element-name.ts";
import type { Environment, EnvironmentInput } from "../../../platform/schema/environment.ts";
import { resourceType } from "../../../resources/index.ts";
import { adoptionOf } from "../../../review/adoption/adoption.ts";
import { numbersOf } from "../../../review/adoption/numbers.ts";
import { recognize } from "../../../review/adoption/recognize.ts";
import { statedBy } from "../../../review/drift/environment-keys.ts";
import { shapes } from "../../fixtures/shapes.ts";
import { changedShape } from "../../support/changed-shape.ts";
import { TODAY } from "../../support/environments.ts";
import { type Json, synthesisOf } from "../../support/synthesized.ts";

const WRONG = "no such value";

/** The path through lists and groups of what the file has, and what is not written of it. */
function resolved(input: unknown, path: string): (string | number)[] {
  const steps = path.split(/\.|(?=\[)/);
  const taken: (string | number)[] = [];
  let value = input;
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index] ?? "";
    if (!Array.isArray(value)) {
      taken.push(step);
      value = (value as Json | undefined)?.[step];
      continue;
    }
    const position = /^\[(\d+)\]$/.exec(step)?.[1];
    const found =
      position === undefined
        ? value.findIndex((element) => elementName(element)?.[1] === step)
        : Number(position);
    expect([path, step, found >= 0 && found < value.length]).toEqual([path, step, true]);
    taken.push(found);
    value = value[found];
  }
  return taken;
}

/** The input with a value that no setting takes at the path, whether something is written there or not. */
function withWrong(input: unknown, [step, ...rest]: readonly (string | number)[]): unknown {
  if (step === undefined) return WRONG;
  if (Array.isArray(input))
    return input.map((element, index) => (index === step ? withWrong(element, rest) : element));
  const group = (input ?? {}) as Record<string | number, unknown>;
  return { ...group, [step]: withWrong(group[step], rest) };
}

/**
 * The paths at which nothing is read as a setting: there a wrong value is not refused, or as an unknown key.
 *
 * All values are wrong at once, because parsing takes long. A path that is not named itself then is tried alone: what is
 * refused above it may be another wrong value.
 */
function noSettings(name: string, input: EnvironmentInput, paths: readonly string[]): string[] {
  const together = wrongAt(name, input, paths);
  return paths
    .filter((path) => !together.some((at) => at === path || at.startsWith(`${path}.`)))
    .filter(
      (path) =>
        !wrongAt(name, input, [path]).some(
          (at) => at === path || at.startsWith(`${path}.`) || path.startsWith(at),
        ),
    );
}

/** Where values that no setting takes are refused as such. */
function wrongAt(name: string, input: EnvironmentInput, paths: readonly string[]): string[] {
  const written = paths.reduce<unknown>((before, path) => withWrong(before, resolved(input, path)), input);
  const parsed = parseEnvironment(name, written, TODAY);
  if (parsed.ok) return [];
  return parsed.issues
    .filter(({ value, allowed }) => value.includes(WRONG) && !allowed.includes("not a known key"))
    .map(({ path }) => path);
}

/** Every setting that drift may name in the environment. */
function namedByDrift(environment: Environment): Set<string> {
  const named = new Set<string>();
  for (const { name: stack, json } of synthesisOf(environment).stacks)
    for (const [type, resources] of Object.entries(json.resource ?? {}))
      for (const [id, resource] of Object.entries(resources as Record<string, Json>)) {
        const variables: Json[] = resource.template?.containers?.[0]?.env ?? [];
        const attributes = [
          ...Object.keys(resourceType(type)?.environmentKeys ?? {}),
          ...variables.map(({ name }) => `template.0.containers.0.env["${name}"].value`),
        ];
        for (const attribute of attributes) {
          const path = statedBy(environment, { stack, type, attribute, address: `${type}.${id}` });
          if (path !== undefined) named.add(path);
        }
      }
  return named;
}

/** Of buckets alone the file has no number that drift or adoption compares. */
const BUCKETS_ALONE = ["archive", "pages"];

/** The kind: a setting that is named where nobody can find it in the file. */
describe.each(Object.keys(shapes))("in the platform %s", (name) => {
  const input = shapes[name] as EnvironmentInput;
  const shape = changedShape(name);

  test("every setting that drift names is one of the file", () => {
    const named = [...namedByDrift(shape.environment())];
    expect(named.length > 0).toBe(!BUCKETS_ALONE.includes(name));
    expect(noSettings(name, input, named)).toEqual([]);
  });

  test("every setting that adoption compares is one of the file, and has the value that is synthesized", () => {
    const environment = shape.environment();
    const graph = synthesisOf(environment).graph(environment);
    const plan = platformPlan(environment);
    const { disagreements, agreeing } = adoptionOf(plan, graph);
    expect(disagreements.filter(({ address }) => address !== "-")).toEqual([]);
    expect(agreeing > 0).toBe(!BUCKETS_ALONE.includes(name));
    const named = [plan, ...plan.furtherRegions]
      .flatMap((place) => recognize(place, graph).matches.flatMap((match) => numbersOf(place, match)))
      .map(({ path }) => path.replace(/ \(.*\)$/, ""))
      .filter((path) => !path.startsWith("platform:"));
    expect(noSettings(name, input, [...new Set(named)])).toEqual([]);
  });
});

describe("what a setting is called", () => {
  const stated = (name: string, stack: string, type: string, attribute: string, construct: string) =>
    statedBy(changedShape(name).environment(), {
      stack: `${name}-${stack}`,
      type,
      attribute,
      address: `${type}.${construct}_0123ABCD`,
    });

  test("of a subscription, a topic, and of dead letters", () => {
    const subscription = "google_pubsub_subscription";
    expect(
      stated("worker", "service-invoices", subscription, "ack_deadline_seconds", "subscription-orders"),
    ).toBe("services.invoices.subscriptions.orders.deadline");
    expect(
      stated("worker", "messaging", subscription, "ack_deadline_seconds", "dead-letters-orders_Subscription"),
    ).toBeUndefined();
    const retention = (construct: string) =>
      stated("worker", "messaging", "google_pubsub_topic", "message_retention_duration", construct);
    expect(retention("topic-orders")).toBe("topics.orders.retention");
    expect(retention("dead-letters-orders_Topic")).toBeUndefined();
  });

  test("of the only database, of one of several, and of a replica, which has a tier of its own and the version of its primary", () => {
    const of = (name: string, attribute: string, construct: string) =>
      stated(name, "data", "google_sql_database_instance", attribute, construct);
    expect(of("nightly", "settings.0.tier", "database")).toBe("database.tier");
    expect(of("databases", "settings.0.tier", "database-orders")).toBe("databases.orders.tier");
    expect(of("replicas", "settings.0.tier", "database-reader")).toBe("database.replicas.reader.tier");
    expect(of("replicas", "database_version", "database-reader")).toBe("database.version");
    expect(of("replicas", "settings.0.availability_type", "database-reader")).toBeUndefined();
  });

  test("of a connector, in each region", () => {
    const of = (stack: string, construct: string) =>
      stated("nights", stack, "google_vpc_access_connector", "max_instances", construct);
    expect(of("network", "connector")).toBe("network.connector.maxInstances");
    expect(of("network", "connector-night")).toBe("network.furtherConnectors.night.maxInstances");
    expect(of("network-us-central1", "connector")).toBe("regions.us-central1.connector.maxInstances");
    expect(of("network-us-central1", "connector-night")).toBe(
      "regions.us-central1.furtherConnectors.night.maxInstances",
    );
  });

  test("of the instances of a service, in each region", () => {
    const of = (stack: string) =>
      stated(
        "two",
        stack,
        "google_cloud_run_v2_service",
        "template.0.scaling.0.max_instance_count",
        "service",
      );
    expect(of("service-api")).toBe("services.api.instances.max");
    expect(of("service-api-us-central1")).toBe("services.api.regions.us-central1.instances.max");
    expect(of("service-web-us-central1")).toBe("services.web.instances.max");
  });

  test("of a variable: the pool of the database that its name starts with, and of what the code computes none", () => {
    const of = (variable: string) =>
      stated(
        "databases",
        "service-api",
        "google_cloud_run_v2_service",
        `template.0.containers.0.env["${variable}"].value`,
        "service-api",
      );
    expect(of("AUDIT_DATABASE_POOL_SIZE")).toBe("services.api.databases.audit.pool");
    expect(of("ORDERS_DATABASE_MAX_OVERFLOW")).toBe("services.api.databases.orders.overflow");
    expect(of("AUDIT_POSTGRES_USER")).toBe("services.api.databases.audit.user");
    expect(of("REPORTS_POSTGRES_DB")).toBe("databases.reports.databaseName");
    expect(of("ORDERS_POSTGRES_HOST")).toBeUndefined();
  });
});
