import type { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance/index.js";
import type { Construct } from "constructs";
import { MysqlDatabase } from "../constructs/mysql-database.ts";
import { PostgresDatabase } from "../constructs/postgres-database.ts";
import { PrivateDnsZone } from "../constructs/private-dns-zone.ts";
import { RedisCache } from "../constructs/redis-cache.ts";
import { SqlReadReplica } from "../constructs/sql-read-replica.ts";
import { ValkeyCache } from "../constructs/valkey-cache.ts";
import { replicasOf } from "../platform/backing-services/cache-engines.ts";
import type { CacheInstance } from "../platform/backing-services/caches.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

type DataPlan = StackPlan<"protection" | "network" | "databaseInstances" | "cacheInstances">;

/** Databases, caches, and the private DNS names of all. */
export class DataStack extends PlatformStack {
  constructor(scope: Construct, plan: DataPlan) {
    super(scope, plan, "data");
    const { region, protection, labels } = plan;
    const common = {
      region,
      protection,
      network: this.names.networkId,
      allocatedRange: this.names.privateServices,
    };
    const records: Record<string, string> = {};
    const primaries = new Map<string, SqlDatabaseInstance>();
    for (const { id, name, instance, record, settings, engine, replica } of plan.databaseInstances) {
      const Database = engine.id === "mysql" ? MysqlDatabase : PostgresDatabase;
      const props = { ...settings, ...common, name: instance, labels };
      const { resource } =
        replica === undefined
          ? new Database(this, id, props)
          : new SqlReadReplica(this, id, { ...props, primary: primaries.get(replica.primary)?.name ?? "" });
      primaries.set(name, resource);
      records[record] = resource.privateIpAddress;
    }
    for (const cache of plan.cacheInstances) records[cache.record] = this.cacheHost(plan, cache);
    new PrivateDnsZone(this, "names", {
      name: this.names.privateZone,
      domain: this.names.domain,
      network: this.names.networkId,
      records,
    });
  }

  /** Creates a cache, and returns its address. */
  private cacheHost(plan: DataPlan, { id, instance, settings, engine }: CacheInstance): string {
    const { region, protection, labels } = plan;
    const common = { ...settings, name: instance, region, protection, network: this.names.networkId };
    if (engine.id === "valkey") {
      return new ValkeyCache(this, id, {
        ...common,
        nodeType: settings.nodeType ?? "",
        replicas: replicasOf(settings),
        project: plan.project,
        labels,
      }).host;
    }
    return new RedisCache(this, id, {
      ...common,
      tier: settings.tier ?? "STANDARD_HA",
      memoryGibibytes: settings.memoryGibibytes ?? 0,
      allocatedRange: this.names.privateServices,
    }).resource.host;
  }
}
