import type { Construct } from "constructs";
import { CloudSqlDatabase, type CloudSqlProps } from "./cloud-sql-database.ts";

export interface PostgresDatabaseProps extends CloudSqlProps {
  /**
   * Managed connection pooling on port 6432; ENTERPRISE_PLUS only. `poolSize` is what each pooler (one for each 4 CPUs)
   * opens at most for a database and a login. @default none
   */
  readonly pooler?: { readonly poolSize: number } | undefined;
}

/**
 * PostgreSQL on Cloud SQL with a private address only, TLS, and point-in-time recovery.
 *
 *     database -> instance -> allocated range -> service networking connection -> network
 *
 * No user is created here: its password would be in the state (docs/decisions/0003).
 */
export class PostgresDatabase extends CloudSqlDatabase {
  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id, props, {
      recovery: { pointInTimeRecoveryEnabled: true },
      ...(props.pooler === undefined
        ? {}
        : {
            settings: {
              connectionPoolConfig: [
                {
                  connectionPoolingEnabled: true,
                  flags: [{ name: "max_pool_size", value: String(props.pooler.poolSize) }],
                },
              ],
            },
          }),
    });
  }
}
