import type { Construct } from "constructs";
import { CloudSqlDatabase, type CloudSqlProps } from "./cloud-sql-database.ts";

/**
 * MySQL on Cloud SQL with a private address only, TLS, and the binary log, from which it recovers to a point in time and
 * which a replica reads.
 *
 *     database -> instance -> allocated range -> service networking connection -> network
 *
 * No user is created here: its password would be in the state (docs/decisions/0003).
 */
export class MysqlDatabase extends CloudSqlDatabase {
  constructor(scope: Construct, id: string, props: CloudSqlProps) {
    super(scope, id, props, { recovery: { binaryLogEnabled: true } });
  }
}
