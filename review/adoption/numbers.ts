import { isUnknown, type Resource } from "../../graph/index.ts";
import { replicasOf } from "../../platform/backing-services/cache-engines.ts";
import type { CacheInstance } from "../../platform/backing-services/caches.ts";
import type { DatabaseInstance } from "../../platform/backing-services/databases.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { instancesSetting, networkSetting } from "../../platform/regions/regions.ts";
import type { Service } from "../../platform/schema/environment.ts";
import { memoryQuantity } from "../../platform/units.ts";
import { contains, parseRange } from "../../values/ranges.ts";
import type { NumberToCompare, Plain } from "./findings.ts";
import type { Match } from "./recognize.ts";
import { variableNumbers } from "./variables.ts";

const REPLACE = "REPLACED: destroyed and recreated";
const IN_PLACE = "changed in place";
const RESTART = "changed in place, and the database restarts";
const REVISION = "a new revision";

/** Every number of the environment that a recognized resource has too. */
export function numbersOf(
  plan: Pick<
    PlatformPlan,
    | "cacheInstances"
    | "cacheUses"
    | "contract"
    | "databaseUses"
    | "databaseInstances"
    | "main"
    | "names"
    | "natAddresses"
    | "network"
    | "region"
    | "jobs"
    | "services"
    | "workerPools"
  >,
  match: Match,
): NumberToCompare[] {
  const { resource, slot } = match;
  const number = (path: string, stated: Plain, attribute: string, effect: string): NumberToCompare => ({
    path,
    stated,
    found: resource.get(attribute),
    effect,
  });
  switch (slot.kind) {
    case "network":
      return [number("platform: no automatic subnets", false, "auto_create_subnetworks", REPLACE)];
    case "directEgress":
      return [directEgress(plan, resource)];
    case "privateServiceConnect":
      return [
        number(
          "network.addresses.privateServiceConnect",
          plan.network.addresses.privateServiceConnect ?? "",
          "ip_cidr_range",
          `${REPLACE}, which its endpoints prevent`,
        ),
      ];
    case "privateServices":
      return privateServices(plan, resource);
    case "connector":
    case "connectors":
      return connector(plan, slot.of, resource);
    case "nat":
      return nat(plan, resource);
    case "database":
    case "databases": {
      const instance = plan.databaseInstances.find((each) => each.instance === slot.name);
      const numbers = instance === undefined ? [] : database(instance, resource);
      if (instance?.replica === undefined) return numbers;
      // What a replica has of its own, and the version that it has of its primary.
      const { key, replica } = instance;
      return numbers
        .filter(({ path }) => /\.(version|tier|maxConnections)$/.test(path))
        .map((one) =>
          one.path.endsWith(".version") ? { ...one, path: one.path.replace(key, replica.primaryKey) } : one,
        );
    }
    case "cache":
    case "caches": {
      const instance = plan.cacheInstances.find((each) => each.instance === slot.name);
      if (instance === undefined) return [];
      return instance.engine.id === "valkey" ? valkey(instance, resource) : redis(instance, resource);
    }
    case "privateZone":
      return [number("platform: private domain", `${plan.names.domain}.`, "dns_name", REPLACE)];
    case "services": {
      const service = plan.services.find(({ name }) => name === slot.of);
      return service === undefined || resource.type !== "google_cloud_run_v2_service"
        ? []
        : serviceNumbers(plan, service, resource);
    }
    default:
      return [];
  }
}

type Place = Pick<PlatformPlan, "main" | "network" | "region">;

/** Google enlarges a subnet; every other range is another subnet. */
function directEgress(plan: Place, resource: Resource): NumberToCompare {
  const stated = plan.network.addresses.directEgress ?? "";
  const [range, found] = [stated, resource.get("ip_cidr_range")].map(parseRange);
  const grows = range !== undefined && found !== undefined && contains(range, found);
  return {
    path: `${networkSetting(plan)}.addresses.directEgress`,
    stated,
    found: resource.get("ip_cidr_range"),
    effect: grows ? "enlarged in place; it cannot shrink again" : REPLACE,
  };
}

function privateServices(plan: Pick<PlatformPlan, "network">, resource: Resource): NumberToCompare[] {
  const [address, length] = [resource.get("address"), resource.get("prefix_length")];
  const found =
    address === undefined || isUnknown(address) ? address : `${String(address)}/${String(length)}`;
  return [
    {
      path: "network.addresses.privateServices",
      stated: plan.network.addresses.privateServices ?? "",
      found,
      effect: `${REPLACE}, rejected while the database or Redis has addresses in it`,
    },
  ];
}

/** @param further name of a further one; "" of the region's own */
function connector(plan: Place, further: string, resource: Resource): NumberToCompare[] {
  const { network } = plan;
  const own = network.furtherConnectors?.find(({ name }) => name === further);
  const stated = further === "" ? network.connector : own;
  if (stated === undefined) return [];
  const setting = networkSetting(plan);
  const path = `${setting}.${further === "" ? "connector" : `furtherConnectors.${further}`}`;
  const range = own?.range ?? network.addresses.connector ?? "";
  const scaling = (key: "minInstances" | "maxInstances", attribute: string): NumberToCompare => ({
    path: `${path}.${key}`,
    stated: stated[key],
    found: resource.get(attribute),
    effect:
      (resource.number(attribute) ?? 0) > stated[key]
        ? `${REPLACE}, because a connector cannot shrink: its services lose VPC access meanwhile`
        : IN_PLACE,
  });
  return [
    // One on a subnet has the range of that.
    ...(resource.get("subnet.name") === undefined
      ? [
          {
            path: further === "" ? `${setting}.addresses.connector` : `${path}.range`,
            stated: range,
            found: resource.get("ip_cidr_range"),
            effect: REPLACE,
          },
        ]
      : []),
    {
      path: `${path}.machineType`,
      stated: stated.machineType,
      found: resource.get("machine_type"),
      effect: IN_PLACE,
    },
    scaling("minInstances", "min_instances"),
    scaling("maxInstances", "max_instances"),
  ];
}

function nat(plan: Place & Pick<PlatformPlan, "natAddresses">, resource: Resource): NumberToCompare[] {
  const addresses = resource.get("nat_ips");
  return [
    {
      path: `${networkSetting(plan)}.nat.addresses`,
      stated: plan.natAddresses,
      found: Array.isArray(addresses) ? addresses.length : isUnknown(addresses) ? addresses : undefined,
      effect: "changed in place: what others admit by address changes",
    },
  ];
}

function database(instance: DatabaseInstance, resource: Resource): NumberToCompare[] {
  const { settings: stated, key: section } = instance;
  const flag = resource
    .blocks("settings.database_flags")
    .find((block) => block.string("name") === "max_connections");
  const at = (key: string, value: Plain, attribute: string, effect: string): NumberToCompare => ({
    path: `${section}.${key}`,
    stated: value,
    found: resource.get(attribute),
    effect,
  });
  const backup = "settings.backup_configuration";
  const older = (resource.string("database_version") ?? "") > stated.version;
  return [
    at(
      "version",
      stated.version,
      "database_version",
      older ? REPLACE : "upgraded in place: minutes without a database, and no way back",
    ),
    at("edition", stated.edition, "settings.edition", RESTART),
    { ...at("", "PD_SSD", "settings.disk_type", REPLACE), path: "platform: SSD disk" },
    {
      ...at(
        "",
        false,
        "settings.ip_configuration.ipv4_enabled",
        `${IN_PLACE}: who uses its public address is cut off`,
      ),
      path: "platform: no public address",
    },
    {
      ...at(
        "",
        "ENCRYPTED_ONLY",
        "settings.ip_configuration.ssl_mode",
        `${IN_PLACE}: clients without TLS are refused`,
      ),
      path: "platform: TLS only",
    },
    {
      ...at("", true, `${backup}.point_in_time_recovery_enabled`, RESTART),
      path: "platform: point-in-time recovery",
    },
    at("tier", stated.tier, "settings.tier", RESTART),
    {
      path: `${section}.maxConnections`,
      stated: stated.maxConnections,
      found: flag?.get("value"),
      effect: RESTART,
    },
    at("availability", stated.availability, "settings.availability_type", RESTART),
    // A larger disk has grown, as it should.
    ...((resource.number("settings.disk_size") ?? 0) >= stated.diskGibibytes
      ? []
      : [
          at(
            "diskGibibytes",
            stated.diskGibibytes,
            "settings.disk_size",
            "nothing: the disk keeps its size until autoresize enlarges it",
          ),
        ]),
    at(
      "backups.startHour",
      `${String(stated.backups.startHour).padStart(2, "0")}:00`,
      `${backup}.start_time`,
      IN_PLACE,
    ),
    at(
      "backups.retained",
      stated.backups.retained,
      `${backup}.backup_retention_settings.retained_backups`,
      IN_PLACE,
    ),
    at(
      "backups.logRetentionDays",
      stated.backups.logRetentionDays,
      `${backup}.transaction_log_retention_days`,
      IN_PLACE,
    ),
    at("maintenance.day", stated.maintenance.day, "settings.maintenance_window.day", IN_PLACE),
    at("maintenance.hour", stated.maintenance.hour, "settings.maintenance_window.hour", IN_PLACE),
  ];
}

function redis({ key: section, settings: stated }: CacheInstance, resource: Resource): NumberToCompare[] {
  const at = (key: string, value: Plain, attribute: string, effect: string): NumberToCompare => ({
    path: key.includes(":") ? key : `${section}.${key}`,
    stated: value,
    found: resource.get(attribute),
    effect,
  });
  const lost = `${REPLACE}: its keys are lost and its address changes`;
  const newer = (resource.string("redis_version") ?? "") > stated.version;
  return [
    at("tier", stated.tier ?? "", "tier", lost),
    at("memoryGibibytes", stated.memoryGibibytes ?? 0, "memory_size_gb", "changed in place, with a failover"),
    at("version", stated.version, "redis_version", newer ? lost : "upgraded in place, with a failover"),
    at("tls", stated.tls ? "SERVER_AUTHENTICATION" : "DISABLED", "transit_encryption_mode", lost),
    at(
      "auth",
      stated.auth,
      "auth_enabled",
      "changed in place: clients without the AUTH string are rejected at once",
    ),
    at("evictionPolicy", stated.evictionPolicy, "redis_configs.maxmemory-policy", IN_PLACE),
    at("platform: reached by private services access", "PRIVATE_SERVICE_ACCESS", "connect_mode", lost),
  ];
}

function valkey({ key: section, settings: stated }: CacheInstance, resource: Resource): NumberToCompare[] {
  const at = (key: string, value: Plain, attribute: string, effect: string): NumberToCompare => ({
    path: `${section}.${key}`,
    stated: value,
    found: resource.get(attribute),
    effect,
  });
  const lost = `${REPLACE}: its keys are lost and its address changes`;
  return [
    at("version", stated.version, "engine_version", "upgraded in place"),
    at("nodeType", stated.nodeType ?? "", "node_type", IN_PLACE),
    ...(stated.shards === undefined
      ? [at("shards (no cluster)", "CLUSTER_DISABLED", "mode", lost)]
      : [at("shards", stated.shards, "shard_count", IN_PLACE)]),
    at("replicas", replicasOf(stated), "replica_count", IN_PLACE),
    at(
      "tls",
      stated.tls ? "SERVER_AUTHENTICATION" : "TRANSIT_ENCRYPTION_DISABLED",
      "transit_encryption_mode",
      lost,
    ),
    at("auth", stated.auth ? "IAM_AUTH" : "AUTH_DISABLED", "authorization_mode", lost),
    at("evictionPolicy", stated.evictionPolicy, "engine_configs.maxmemory-policy", IN_PLACE),
  ];
}

function minimum(resource: Resource): string {
  const [service, revision] = ["scaling.min_instance_count", "template.scaling.min_instance_count"] as const;
  return (resource.number(service) ?? 0) === 0 && (resource.number(revision) ?? 0) > 0 ? revision : service;
}

function serviceNumbers(
  plan: Parameters<typeof variableNumbers>[0],
  service: Service,
  resource: Resource,
): NumberToCompare[] {
  const at = (key: string, value: Plain, attribute: string): NumberToCompare => ({
    path: `services.${service.name}.${key}`,
    stated: value,
    found: resource.get(attribute),
    effect: REVISION,
  });
  const container = "template.containers";
  const instances = (bound: "min" | "max", attribute: string): NumberToCompare => ({
    ...at("", service.instances[bound], attribute),
    path: `${instancesSetting(plan, service)}.${bound}`,
  });
  const path = resource.get("template.vpc_access.connector");
  const direct = resource.get("template.vpc_access.network_interfaces");
  return [
    at("image", service.image, `${container}.image`),
    at("cpu", service.cpu, `${container}.resources.limits.cpu`),
    at("memory", memoryQuantity(service.memory), `${container}.resources.limits.memory`),
    at("concurrency", service.concurrency, "template.max_instance_request_concurrency"),
    // A minimum of the revision, as many write it, becomes one of the service.
    instances("min", minimum(resource)),
    instances("max", "template.scaling.max_instance_count"),
    at("requestTimeout", `${service.requestTimeout}s`, "template.timeout"),
    at("cpuAlwaysAllocated", !service.cpuAlwaysAllocated, `${container}.resources.cpu_idle`),
    at("webSockets", service.webSockets, "template.session_affinity"),
    {
      path: "platform: who may call it",
      stated:
        service.publicUrl === true
          ? "INGRESS_TRAFFIC_ALL"
          : service.exposure.length > 0
            ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
            : "INGRESS_TRAFFIC_INTERNAL_ONLY",
      found: resource.get("ingress"),
      effect: "changed in place, and callers of its run.app URL are rejected at once",
    },
    at("port", service.port, `${container}.ports.container_port`),
    {
      path: `services.${service.name}.path`,
      stated: service.path,
      found: path === undefined ? (direct === undefined ? "none" : "direct") : "connector",
      effect: REVISION,
    },
    ...variableNumbers(plan, service, resource).map((number) => ({ ...number, effect: REVISION })),
  ];
}
