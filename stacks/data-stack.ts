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
    const records: Record<string, string> = {};
    if (plan.database !== undefined) {
      const { resource } = new PostgresDatabase(this, "database", {
        ...plan.database,
        ...common,
        name: this.names.database,
        labels,
      });
      records.postgres = resource.privateIpAddress;
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
