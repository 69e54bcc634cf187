import type { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance/index.js";
import type { Construct } from "constructs";
import { MysqlDatabase } from "../constructs/mysql-database.ts";
import { PostgresDatabase } from "../constructs/postgres-database.ts";
import { PrivateDnsZone } from "../constructs/private-dns-zone.ts";
import { RedisCache } from "../constructs/redis-cache.ts";
import { SqlReadReplica } from "../constructs/sql-read-replica.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/** Databases, caches, and the private DNS names of all. */
export class DataStack extends PlatformStack {
  constructor(scope: Construct, plan: StackPlan<"protection" | "databaseInstances" | "cacheInstances">) {
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
    for (const { id, instance, record, settings } of plan.cacheInstances) {
      const { resource } = new RedisCache(this, id, { ...settings, ...common, name: instance });
      records[record] = resource.host;
    }
    new PrivateDnsZone(this, "names", {
      name: this.names.privateZone,
      domain: this.names.domain,
      network: this.names.networkId,
      records,
    });
  }
}
