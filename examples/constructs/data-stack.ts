import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { PostgresDatabase } from "single-source-platform/constructs/postgres-database";
import { RedisCache } from "single-source-platform/constructs/redis-cache";
import { databaseInstance, network, project, ranges, region } from "./numbers.ts";

export class DataStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, "google", { project, region });
    new PostgresDatabase(this, "database", {
      name: databaseInstance,
      region,
      version: "POSTGRES_17",
      edition: "ENTERPRISE",
      tier: "db-custom-2-7680",
      availability: "ZONAL",
      // Two revisions of the service during a rollout, and a reserve.
      maxConnections: 250,
      diskGibibytes: 20,
      network,
      allocatedRange: ranges.privateServicesName,
      backups: { startHour: 3, retained: 14, logRetentionDays: 7 },
      maintenance: { day: 7, hour: 4 },
      databaseName: "app",
      protection: false,
    });
    new RedisCache(this, "cache", {
      name: "dev-redis",
      region,
      tier: "BASIC",
      memoryGibibytes: 1,
      version: "REDIS_7_2",
      network,
      allocatedRange: ranges.privateServicesName,
      tls: true,
      auth: true,
      evictionPolicy: "allkeys-lru",
      maintenance: { day: 7, hour: 5 },
      protection: false,
    });
  }
}
