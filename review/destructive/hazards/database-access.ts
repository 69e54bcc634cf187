import { enumerated } from "../../../values/enumerated.ts";
import { difference, lowered, someOf, switchedOff } from "../../plan/compare.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

const INSTANCE = ["google_sql_database_instance"];

/** Changes in place of a Cloud SQL instance after which clients are rejected, or writes fail. */
export const databaseAccessHazards: readonly Hazard[] = [
  onUpdate({
    types: INSTANCE,
    what: "who may connect: authorized networks, ssl_mode, connectors enforced, IAM login switched off, root password",
    why: "current clients are rejected, or unwanted clients are admitted",
    find: (change) => {
      const less = [networks(change), ...settings(change), rootPassword(change)].filter(
        (text) => text !== "",
      );
      return less.length === 0 ? undefined : `${title(change, "database instance")}: ${enumerated(less)}.`;
    },
  }),
  onUpdate({
    types: INSTANCE,
    what: "the disk shrinks, autoresize is switched off or limited",
    why: "the database stops when the disk is full",
    find: (change) => {
      const shrunk = lowered(change, "settings.disk_size");
      const limit = change.after.number("settings.disk_autoresize_limit") ?? 0;
      const limited = limit > 0 && difference(change, "settings.disk_autoresize_limit") !== undefined;
      const less = [
        shrunk === undefined ? "" : `the disk shrinks (${shrunk.text} GB), which the API rejects`,
        switchedOff(change, "settings.disk_autoresize") ? "disk autoresize is switched off" : "",
        limited ? `disk autoresize stops at ${limit} GB` : "",
      ].filter((text) => text !== "");
      return less.length === 0
        ? undefined
        : `${title(change, "database instance")}: ${enumerated(less)}; the database stops when the disk is full.`;
    },
  }),
  onUpdate({
    types: INSTANCE,
    what: "a replica promoted",
    why: "replication ends for good",
    find: (change) =>
      difference(change, "instance_type")?.was === "READ_REPLICA_INSTANCE"
        ? `${title(change, "database instance")} is PROMOTED: replication from its primary ends and cannot be restored.`
        : undefined,
  }),
];

function networks({ before, after }: PlannedChange): string {
  const of = (block: typeof before): string[] =>
    block
      .blocks("settings.ip_configuration.authorized_networks")
      .flatMap((each) => each.string("value") ?? []);
  const left = new Set(of(after));
  const gone = of(before).filter((range) => !left.has(range));
  return gone.length === 0 ? "" : `${someOf(gone)} may no longer connect`;
}

function settings(change: PlannedChange): string[] {
  const ssl = difference(change, "settings.ip_configuration.ssl_mode");
  const enforced = difference(change, "settings.connector_enforcement")?.now === "REQUIRED";
  return [
    ssl === undefined
      ? ""
      : `ssl_mode goes from ${ssl.text}, so that ${ssl.now.startsWith("ALLOW_UNENCRYPTED") ? "passwords and data may travel unencrypted" : "clients that do not comply are rejected"}`,
    enforced ? "connections without the Auth Proxy or a language connector are rejected" : "",
    ...["cloudsql.iam_authentication", "cloudsql_iam_authentication"].map((flag) =>
      flagIsOn(change.before, flag) && !flagIsOn(change.after, flag) ? "IAM logins are rejected" : "",
    ),
  ];
}

function flagIsOn(block: PlannedChange["before"], name: string): boolean {
  return block
    .blocks("settings.database_flags")
    .some((flag) => flag.string("name") === name && flag.string("value") === "on");
}

function rootPassword({ attributes, before }: PlannedChange): string {
  const changes = attributes.some(({ path }) => /^root_password(_wo_version)?$/.test(path));
  return changes && before.get("root_password") !== undefined ? "the root password changes" : "";
}
