import { isUnknown, type Resource } from "../../graph/index.ts";
import { cloudSqlLimits } from "../../resources/limits.ts";
import { tierMemory } from "../../resources/tiers.ts";
import { engineOf } from "../database/database.ts";
import { flagOf } from "../database/flags.ts";

/** How many connections an instance accepts, and where that number is set. */
export interface Ceiling {
  readonly connections: number;
  readonly written: string;
}

/** The flag, or what Cloud SQL derives from the tier's memory; less what it keeps for superusers. */
export function ceilingOf(instance: Resource): Ceiling | undefined {
  if (instance.type === "google_alloydb_instance") {
    const flag = instance.number("database_flags.max_connections");
    return flag === undefined ? undefined : { connections: flag, written: `max_connections ${flag}` };
  }
  const engine = engineOf(instance);
  const flag = flagOf(instance, "max_connections");
  if (isUnknown(flag)) return undefined;
  if (engine === "MYSQL" && flag !== undefined)
    return { connections: flag, written: `max_connections ${flag}` };
  if (engine !== "POSTGRES") return undefined;
  const reservedFlag = flagOf(instance, "superuser_reserved_connections");
  const reserved = isUnknown(reservedFlag)
    ? 0
    : (reservedFlag ?? cloudSqlLimits.superuserReservedConnections.value);
  if (flag !== undefined)
    return {
      connections: flag - reserved,
      written: `max_connections ${flag} less ${reserved} reserved`,
    };
  const tier = instance.string("settings.tier");
  const memory = tier === undefined ? undefined : tierMemory(tier);
  const row = cloudSqlLimits.defaultConnectionsByMemory.value.find(
    ([below]) => (memory ?? Number.NaN) < below,
  );
  if (row === undefined) return undefined;
  return {
    connections: row[1] - reserved,
    written: `the default max_connections of ${tier}, ${row[1]}, less ${reserved} reserved`,
  };
}
