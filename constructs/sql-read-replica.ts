import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { type CloudSqlInstanceProps, instanceLifecycle, instanceSettings } from "./cloud-sql-database.ts";

export interface SqlReadReplicaProps extends CloudSqlInstanceProps {
  /** Name of the primary, in the same project. It has backups, and MySQL the binary log. */
  readonly primary: string;
}

/**
 * A read replica of a Cloud SQL instance, in one zone, with a private address only and TLS. It has the databases and logins of
 * its primary, and refuses writes.
 *
 *     replica -> primary -> allocated range -> service networking connection -> network
 */
export class SqlReadReplica extends AssertedConstruct {
  readonly resource: SqlDatabaseInstance;

  constructor(scope: Construct, id: string, props: SqlReadReplicaProps) {
    super(scope, id);
    this.nonZero({ diskGibibytes: props.diskGibibytes });
    const flags = Object.fromEntries(this.entries("flags", props.flags ?? {}));
    this.resource = new SqlDatabaseInstance(this, "Resource", {
      name: props.name,
      region: props.region,
      databaseVersion: props.version,
      masterInstanceName: props.primary,
      deletionProtection: props.protection,
      settings: { ...instanceSettings(props, flags), availabilityType: "ZONAL" },
      lifecycle: instanceLifecycle(props.protection),
    });
  }
}
