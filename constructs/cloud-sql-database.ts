import { SqlDatabase } from "@cdktf/provider-google/lib/sql-database/index.js";
import {
  SqlDatabaseInstance,
  type SqlDatabaseInstanceSettings,
  type SqlDatabaseInstanceSettingsBackupConfiguration,
} from "@cdktf/provider-google/lib/sql-database-instance/index.js";
import { Fn, type TerraformResourceLifecycle, Token } from "cdktf";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { protectedFromDestroy } from "./protection.ts";

/** Properties of a primary and of a replica. */
export interface CloudSqlInstanceProps {
  /** Instance name; Google blocks it for a week after deletion. */
  readonly name: string;
  readonly region: string;
  /** "POSTGRES_15", "MYSQL_8_4" ... */
  readonly version: string;
  /** Always explicit: newer versions default to ENTERPRISE_PLUS, which has no custom tiers. */
  readonly edition: "ENTERPRISE" | "ENTERPRISE_PLUS";
  readonly tier: string;
  /** Connections; explicit, so that a change of tier does not change it. A change restarts the instance. */
  readonly maxConnections: number;
  /** Starting size in GiB; it grows by itself and later changes here are ignored. */
  readonly diskGibibytes: number;
  /** Network id, "projects/p/global/networks/n". Its private services connection must exist first. */
  readonly network: string;
  /** Name of the allocated range of its address. */
  readonly allocatedRange: string;
  /** Terraform and Google both refuse to delete it. */
  readonly protection: boolean;
  /** Query insights. @default true */
  readonly insights?: boolean;
  /** Further flags. @default none */
  readonly flags?: Readonly<Record<string, string>>;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Properties of a primary of any engine. */
export interface CloudSqlProps extends CloudSqlInstanceProps {
  readonly availability: "REGIONAL" | "ZONAL";
  /** UTC hour 0 to 23, backups kept, and days of the log for point-in-time recovery. */
  readonly backups: {
    readonly startHour: number;
    readonly retained: number;
    readonly logRetentionDays: number;
  };
  /** Day 1 (Monday) to 7, UTC hour 0 to 23. */
  readonly maintenance: { readonly day: number; readonly hour: number };
  /** Database created in the instance. */
  readonly databaseName: string;
  /** Further databases in it. @default none */
  readonly furtherDatabases?: readonly string[] | undefined;
}

/** What an engine has in addition to what all have. */
export interface EngineSettings {
  /** How it recovers to a point in time. */
  readonly recovery: Pick<
    SqlDatabaseInstanceSettingsBackupConfiguration,
    "pointInTimeRecoveryEnabled" | "binaryLogEnabled"
  >;
  readonly settings?: Pick<SqlDatabaseInstanceSettings, "connectionPoolConfig">;
}

/**
 * An instance of Cloud SQL with a private address only, TLS, point-in-time recovery, and its databases.
 *
 *     database -> instance -> allocated range -> service networking connection -> network
 *
 * No user is created here: its password would be in the state (docs/decisions/0003).
 */
export abstract class CloudSqlDatabase extends AssertedConstruct {
  readonly resource: SqlDatabaseInstance;

  /** @param own what the settings of this engine have in addition */
  constructor(scope: Construct, id: string, props: CloudSqlProps, own: EngineSettings) {
    super(scope, id);
    const { backups, diskGibibytes } = props;
    this.nonZero({ diskGibibytes, "backups.logRetentionDays": backups.logRetentionDays });
    const flags = Object.fromEntries(this.entries("flags", props.flags ?? {}));
    this.resource = new SqlDatabaseInstance(this, "Resource", {
      name: props.name,
      region: props.region,
      databaseVersion: props.version,
      deletionProtection: props.protection,
      settings: {
        ...instanceSettings(props, flags),
        availabilityType: props.availability,
        backupConfiguration: {
          enabled: true,
          startTime: fullHour(backups.startHour),
          ...own.recovery,
          transactionLogRetentionDays: backups.logRetentionDays,
          backupRetentionSettings: { retainedBackups: backups.retained, retentionUnit: "COUNT" },
        },
        ...own.settings,
        maintenanceWindow: { ...props.maintenance, updateTrack: "stable" },
      },
      lifecycle: instanceLifecycle(props.protection),
    });
    this.database("Database", props.databaseName);
    for (const [id, name] of this.each("furtherDatabases", props.furtherDatabases ?? [], (name) => name))
      this.database(`Database-${id}`, name);
  }

  private database(id: string, name: string): void {
    new SqlDatabase(this, id, {
      name,
      instance: this.resource.name,
      // A database with open connections cannot be dropped; deleting the instance removes it.
      deletionPolicy: "ABANDON",
    });
  }
}

/** Settings of a primary and of a replica. */
export function instanceSettings(
  props: CloudSqlInstanceProps,
  further: Readonly<Record<string, string>>,
): SqlDatabaseInstanceSettings {
  const flags = { ...further, max_connections: String(props.maxConnections) };
  return {
    tier: props.tier,
    edition: props.edition,
    deletionProtectionEnabled: props.protection,
    diskType: "PD_SSD",
    diskSize: props.diskGibibytes,
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
    insightsConfig: {
      queryInsightsEnabled: props.insights ?? true,
      queryStringLength: 1024,
      queryPlansPerMinute: 5,
      recordApplicationTags: true,
      recordClientAddress: true,
    },
  };
}

/** The disk grows by itself; applying the original size would shrink it, which replaces the instance. */
export function instanceLifecycle(isProtected: boolean): TerraformResourceLifecycle {
  return { ...protectedFromDestroy(isProtected).lifecycle, ignoreChanges: ["settings[0].disk_size"] };
}

/** "03:00": the API rejects "3:00". */
function fullHour(hour: number): string {
  if (Token.isUnresolved(hour)) return Fn.format("%02d:00", [hour]);
  return `${String(hour).padStart(2, "0")}:00`;
}
