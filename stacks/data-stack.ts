import type { Construct } from "constructs";
import { MysqlDatabase } from "../constructs/mysql-database.ts";
import { PostgresDatabase } from "../constructs/postgres-database.ts";
import { PrivateDnsZone } from "../constructs/private-dns-zone.ts";
import { RedisCache } from "../constructs/redis-cache.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/** Databases, cache, and the private DNS names of all. */
export class DataStack extends PlatformStack {
  constructor(scope: Construct, plan: StackPlan<"protection" | "databaseInstances" | "cache">) {
    super(scope, plan, "data");
    const { region, protection, labels } = plan;
    const common = {
      region,
      protection,
      network: this.names.networkId,
      allocatedRange: this.names.privateServices,
    };
    const records: Record<string, string> = {};
    for (const { id, instance, record, settings, engine } of plan.databaseInstances) {
      const Database = engine.id === "mysql" ? MysqlDatabase : PostgresDatabase;
      const { resource } = new Database(this, id, { ...settings, ...common, name: instance, labels });
      records[record] = resource.privateIpAddress;
    }
    if (plan.cache !== undefined) {
      const { resource } = new RedisCache(this, "cache", {
        ...plan.cache,
        ...common,
        name: this.names.redis,
      });
      records.redis = resource.host;
    }
    new PrivateDnsZone(this, "names", {
      name: this.names.privateZone,
      domain: this.names.domain,
      network: this.names.networkId,
      records,
    });
  }
}
