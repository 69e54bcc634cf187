import { SqlDatabase } from "@cdktf/provider-google/lib/sql-database/index.js";
import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance/index.js";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { protectedFromDestroy } from "./protection.ts";

export interface PostgresDatabaseProps {
  /** Instance name; Google blocks it for a week after deletion. */
  readonly name: string;
  readonly region: string;
  /** "POSTGRES_15" ... */
  readonly version: string;
  /** Always explicit: PostgreSQL 16 and newer default to ENTERPRISE_PLUS, which has no custom tiers. */
  readonly edition: "ENTERPRISE" | "ENTERPRISE_PLUS";
  readonly tier: string;
  readonly availability: "REGIONAL" | "ZONAL";
  /** Connections; explicit, so that a change of tier does not change it. A change restarts the instance. */
  readonly maxConnections: number;
  /** Starting size in GiB; it grows by itself and later changes here are ignored. */
  readonly diskGibibytes: number;
  /** Network id, "projects/p/global/networks/n". Its private services connection must exist first. */
  readonly network: string;
  /** Name of the allocated range of its address. */
  readonly allocatedRange: string;
  /** UTC hour 0 to 23, backups kept, and days of write-ahead log for point-in-time recovery. */
  readonly backups: {
    readonly startHour: number;
    readonly retained: number;
    readonly logRetentionDays: number;
  };
  /** Day 1 (Monday) to 7, UTC hour 0 to 23. */
  readonly maintenance: { readonly day: number; readonly hour: number };
  /**
   * Managed connection pooling on port 6432; ENTERPRISE_PLUS only. `poolSize` is what each pooler (one for each 4 CPUs)
   * opens at most for a database and a login. @default none
   */
  readonly pooler?: { readonly poolSize: number } | undefined;
  /** Database created in the instance. */
  readonly databaseName: string;
  /** Terraform and Google both refuse to delete it. */
  readonly protection: boolean;
  /** Query insights. @default true */
  readonly insights?: boolean;
  /** Further flags. @default none */
  readonly flags?: Readonly<Record<string, string>>;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * PostgreSQL on Cloud SQL with a private address only, TLS, and point-in-time recovery.
 *
 *     database -> instance -> allocated range -> service networking connection -> network
 *
 * No user is created here: its password would be in the state (docs/decisions/0003).
 */
export class PostgresDatabase extends AssertedConstruct {
  readonly resource: SqlDatabaseInstance;

  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const { diskGibibytes, backups } = props;
    this.nonZero({ diskGibibytes, "backups.logRetentionDays": backups.logRetentionDays });
    const further = Object.fromEntries(this.entries("flags", props.flags ?? {}));
    const flags = { ...further, max_connections: String(props.maxConnections) };
    this.resource = new SqlDatabaseInstance(this, "Resource", {
      name: props.name,
      region: props.region,
      databaseVersion: props.version,
      deletionProtection: props.protection,
      settings: {
        tier: props.tier,
        edition: props.edition,
        availabilityType: props.availability,
        deletionProtectionEnabled: props.protection,
        diskType: "PD_SSD",
        diskSize: diskGibibytes,
        diskAutoresize: true,
        ...(props.labels === undefined ? {} : { userLabels: { ...props.labels } }),
        databaseFlags: Object.entries(flags)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => ({ name, value })),
        ipConfiguration: {
          ipv4Enabled: false,
          privateNetwork: props.network,
          allocatedIpRange: props.allocatedRange,
          sslMode: "ENCRYPTED_ONLY",
        },
        backupConfiguration: {
          enabled: true,
          startTime: fullHour(backups.startHour),
          pointInTimeRecoveryEnabled: true,
          transactionLogRetentionDays: backups.logRetentionDays,
          backupRetentionSettings: { retainedBackups: backups.retained, retentionUnit: "COUNT" },
        },
        ...(props.pooler === undefined
          ? {}
          : {
              connectionPoolConfig: [
                {
                  connectionPoolingEnabled: true,
                  flags: [{ name: "max_pool_size", value: String(props.pooler.poolSize) }],
                },
              ],
            }),
        maintenanceWindow: { ...props.maintenance, updateTrack: "stable" },
        insightsConfig: {
          queryInsightsEnabled: props.insights ?? true,
          queryStringLength: 1024,
          queryPlansPerMinute: 5,
          recordApplicationTags: true,
          recordClientAddress: true,
        },
      },
      // The disk grows by itself; applying the original size would shrink it, which replaces the database.
      lifecycle: {
        ...protectedFromDestroy(props.protection).lifecycle,
        ignoreChanges: ["settings[0].disk_size"],
      },
    });
    new SqlDatabase(this, "Database", {
      name: props.databaseName,
      instance: this.resource.name,
      // A database with open connections cannot be dropped; deleting the instance removes it.
      deletionPolicy: "ABANDON",
    });
  }
}

/** "03:00": the API rejects "3:00". */
function fullHour(hour: number): string {
  if (Token.isUnresolved(hour)) return Fn.format("%02d:00", [hour]);
  return `${String(hour).padStart(2, "0")}:00`;
}
