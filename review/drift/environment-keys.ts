import { type PlatformPlan, platformPlan } from "../../platform/plan.ts";
import { instancesSetting, networkSetting } from "../../platform/regions/regions.ts";
import type { Environment, Service } from "../../platform/schema/environment.ts";
import { resourceType } from "../../resources/index.ts";
import type { ReviewedEnvironment } from "../review.ts";
import { settingOfVariable } from "../setting-of-variable.ts";

/** Objects of Kubernetes have no entry in the catalogue: the mesh states all of them. */
const KUBERNETES_KEYS = { "object.spec": "mesh", "object.metadata.labels": "labels" };

/** An attribute of a resource that was changed. */
export interface ChangedAttribute {
  /** Stack that the resource is in: "staging-service-backend". */
  readonly stack: string;
  readonly type: string;
  /** "settings.0.tier" */
  readonly attribute: string;
  /** The construct is named in it: "google_sql_database_instance.database-orders_EBDE4557". */
  readonly address: string;
}

/**
 * The path in the environment of the setting behind the attribute, as the file has it: "database.replicas.reader.tier". Undefined where
 * the code computes or does not set it.
 */
export function statedBy(
  environment: ReviewedEnvironment | Environment,
  changed: ChangedAttribute,
): string | undefined {
  const { type, attribute } = changed;
  const owners: Readonly<Record<string, string>> =
    type === "kubernetes_manifest" ? KUBERNETES_KEYS : (resourceType(type)?.environmentKeys ?? {});
  const plain = attribute.replace(/\.\d+(?=[.[]|$)/g, "");
  const owner = Object.keys(owners)
    .filter((path) => plain === path || plain.startsWith(`${path}.`) || plain.startsWith(`${path}[`))
    .sort((a, b) => b.length - a.length)[0];
  const key = owner === undefined ? undefined : owners[owner];
  if (key === undefined) return undefined;
  return "services" in environment
    ? settingOf(platformPlan(environment), key, changed)
    : withoutLists(key, changed.stack);
}

/** Of an environment behind Istio, whose settings are in no list; services are told by the names of their stacks. */
function withoutLists(key: string, stack: string): string | undefined {
  const service = /-service-(.+)$/.exec(stack)?.[1];
  if (!key.includes("SERVICE")) return key;
  return service === undefined ? undefined : key.replace("SERVICE", service);
}

/** What the catalogue calls "database.tier", at the place of the instance, region or service that the resource is. */
function settingOf(whole: PlatformPlan, key: string, changed: ChangedAttribute): string | undefined {
  const { stack, address } = changed;
  const construct = /\.([^.]+)_[0-9A-F]{8}$/.exec(address)?.[1] ?? "";
  const [section = "", ...rest] = key.split(".");
  switch (section) {
    case "services":
      return serviceSetting(whole, rest.slice(1).join("."), changed, construct);
    case "database":
      return databaseSetting(whole, construct, rest.join("."));
    case "cache": {
      const instance = whole.cacheInstances.find(({ id }) => id === construct);
      return instance === undefined ? undefined : `${instance.key}.${rest.join(".")}`;
    }
    case "topics": {
      const topic = whole.topics?.find(({ name }) => construct === `topic-${name}`);
      return topic === undefined ? undefined : `topics.${topic.name}.${rest.join(".")}`;
    }
    case "network": {
      const place = [whole, ...whole.furtherRegions].find((each) => each.names.stack("network") === stack);
      return place === undefined ? undefined : networkKey(place, construct, key);
    }
    default:
      return key;
  }
}

/** What a replica has of its own; everything else is its primary's. */
const OF_REPLICA = /^(tier|maxConnections)$/;

function databaseSetting(plan: PlatformPlan, construct: string, key: string): string | undefined {
  const instance = plan.databaseInstances.find(({ id }) => id === construct);
  if (instance === undefined) return undefined;
  const { replica } = instance;
  if (replica === undefined || OF_REPLICA.test(key)) return `${instance.key}.${key}`;
  // Computed, whatever the primary has.
  return key === "availability" ? undefined : `${replica.primaryKey}.${key}`;
}

function networkKey(place: PlatformPlan, construct: string, key: string): string {
  const own = networkSetting(place);
  const further = place.network.furtherConnectors?.find(({ name }) => construct === `connector-${name}`);
  if (further === undefined || !/\.connector(\.|$)/.test(key)) return key.replace("network", own);
  const setting = /\.addresses\.connector$/.test(key) ? "range" : key.split(".").at(-1);
  return `${own}.furtherConnectors.${further.name}.${setting}`;
}

function serviceSetting(
  whole: PlatformPlan,
  key: string,
  { stack, attribute }: ChangedAttribute,
  construct: string,
): string | undefined {
  const [found] = [whole, ...whole.furtherRegions].flatMap((place) =>
    place.services
      .filter(({ name }) => place.names.stack(`service-${name}`) === stack)
      .map((service) => ({ place, service })),
  );
  if (found === undefined) return undefined;
  const { place, service } = found;
  const own = `services.${service.name}`;
  // The first container is the service's own.
  if (/\bcontainers\.[1-9]/.test(attribute)) return `${own}.sidecars`;
  const variable = /\.env\["(.+?)"\]/.exec(attribute)?.[1];
  if (variable !== undefined) return settingOfVariable(place, service, variable);
  if (key.startsWith("instances.")) return key.replace("instances", instancesSetting(place, service));
  if (!key.startsWith("subscriptions.")) return `${own}.${key}`;
  const topic = subscribed(service, construct);
  return topic === undefined ? undefined : key.replace("subscriptions", `${own}.subscriptions.${topic}`);
}

/** The topic whose subscription the construct is. */
function subscribed({ subscriptions = [] }: Service, construct: string): string | undefined {
  return subscriptions.map(({ topic }) => topic).find((topic) => construct === `subscription-${topic}`);
}
