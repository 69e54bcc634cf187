import type { Construct } from "constructs";
import { PostgresDatabase } from "../constructs/postgres-database.ts";
import { PrivateDnsZone } from "../constructs/private-dns-zone.ts";
import { RedisCache } from "../constructs/redis-cache.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/** Database, cache, and the private DNS names of both. */
export class DataStack extends PlatformStack {
  constructor(scope: Construct, plan: StackPlan<"protection" | "database" | "cache">) {
    super(scope, plan, "data");
    const { region, protection, labels } = plan;
    const common = {
      region,
      protection,
      network: this.names.networkId,
      allocatedRange: this.names.privateServices,
    };
    const database = new PostgresDatabase(this, "database", {
      ...plan.database,
      ...common,
      name: this.names.database,
      labels,
    });
    const cache = new RedisCache(this, "cache", { ...plan.cache, ...common, name: this.names.redis });
    new PrivateDnsZone(this, "names", {
      name: this.names.privateZone,
      domain: this.names.domain,
      network: this.names.networkId,
      records: { postgres: database.resource.privateIpAddress, redis: cache.resource.host },
    });
  }
}
