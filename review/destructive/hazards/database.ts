import { durations, restartReasons, serviceNames } from "../../../resources/index.ts";
import { enumerated } from "../../../values/enumerated.ts";
import { difference, lowered, removedFrom, switchedOff } from "../../plan/compare.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

const INSTANCE = ["google_sql_database_instance"];

const BACKUPS = "settings.backup_configuration";

/** Changes in place of a Cloud SQL instance that cut connections, reduce protection or cannot be undone. */
export const databaseHazards: readonly Hazard[] = [
  onUpdate({
    types: INSTANCE,
    what: "tier, edition, version, availability, disk type, point-in-time recovery switched on, or a flag that needs a restart",
    why: "the database restarts: every connection is cut",
    find: (change, context) => {
      const reasons = restartReasons(change.type, change.before, change.after);
      if (reasons.length === 0) return undefined;
      const users = context.users(change);
      const who =
        users.length === 0
          ? "every connection is cut"
          : `${serviceNames(users)} ${users.length === 1 ? "loses" : "lose"} every connection`;
      return `${title(change, "database instance")} RESTARTS for ${enumerated(reasons)}: ${who} for ${durations.databaseRestart.value}.`;
    },
  }),
  onUpdate({
    types: INSTANCE,
    what: "REGIONAL to ZONAL",
    why: "no standby: when the zone fails, the database is down until the zone recovers",
    find: (change) =>
      difference(change, "settings.availability_type")?.was === "REGIONAL"
        ? `${title(change, "database instance")} loses its standby (REGIONAL to ${difference(change, "settings.availability_type")?.now}): when its zone fails, it is down until the zone recovers.`
        : undefined,
  }),
  onUpdate({
    types: INSTANCE,
    what: "backups or point-in-time recovery switched off, or retention shortened",
    why: "data lost later cannot be recovered",
    find: (change) => {
      const less = [
        switchedOff(change, `${BACKUPS}.enabled`) ? "backups are switched off" : "",
        switchedOff(change, `${BACKUPS}.point_in_time_recovery_enabled`)
          ? "point-in-time recovery is switched off"
          : "",
        keeps(change, `${BACKUPS}.backup_retention_settings.retained_backups`, "backups"),
        keeps(change, `${BACKUPS}.transaction_log_retention_days`, "days of transaction logs"),
      ].filter((text) => text !== "");
      return less.length === 0
        ? undefined
        : `${title(change, "database instance")}: ${enumerated(less)}; lost or corrupted data can no longer be recovered from before that.`;
    },
  }),
  onUpdate({
    types: INSTANCE,
    what: "private address, network or public address removed",
    why: "clients use an address that no longer exists",
    find: (change) => {
      const network = difference(change, "settings.ip_configuration.private_network");
      const gone = [
        // A self link and an id of the same network name one.
        network !== undefined && removedFrom(change, "settings.ip_configuration.private_network").length > 0
          ? "private address"
          : "",
        switchedOff(change, "settings.ip_configuration.ipv4_enabled") ? "public address" : "",
      ].filter((text) => text !== "");
      return gone.length === 0
        ? undefined
        : `${title(change, "database instance")} loses its ${enumerated(gone)}: its clients are disconnected.`;
    },
  }),
  onUpdate({
    types: INSTANCE,
    what: "the instance is stopped (activation_policy)",
    why: "every connection is cut until it is started again",
    find: (change) =>
      difference(change, "settings.activation_policy")?.now === "NEVER"
        ? `${title(change, "database instance")} is STOPPED (activation_policy NEVER): every connection is cut until it is started again.`
        : undefined,
  }),
  onUpdate({
    types: ["google_sql_user"],
    what: "password of a database user changed",
    why: "clients using the old password can no longer log in",
    find: (change) =>
      change.attributes.some(({ path }) => /^password(_wo(_version)?)?$/.test(path))
        ? `the password of ${title(change, "database user")} changes: clients using the old one can no longer log in.`
        : undefined,
  }),
];

function keeps(change: PlannedChange, path: string, what: string): string {
  const less = lowered(change, path);
  return less === undefined ? "" : `it keeps ${less.now} ${what} instead of ${less.was}`;
}
