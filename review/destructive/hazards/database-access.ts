import { difference, enumerated, lowered, someOf, switchedOff } from "../../plan/compare.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

const INSTANCE = ["google_sql_database_instance"];

/** Changes in place of a Cloud SQL instance after which somebody is not let in, or it cannot be written to. */
export const databaseAccessHazards: readonly Hazard[] = [
  onUpdate({
    types: INSTANCE,
    what: "who may connect: authorized networks, ssl_mode, connectors enforced, IAM login switched off, root password",
    why: "clients that did until now are refused, or those that should not are let in",
    find: (change) => {
      const less = [networks(change), ...settings(change), rootPassword(change)].filter(
        (text) => text !== "",
      );
      return less.length === 0 ? undefined : `${title(change, "database instance")}: ${enumerated(less)}.`;
    },
  }),
  onUpdate({
    types: INSTANCE,
    what: "the disk shrinks, no longer grows by itself, or is given a limit",
    why: "a full disk stops the database",
    find: (change) => {
      const shrunk = lowered(change, "settings.disk_size");
      const limit = change.after.number("settings.disk_autoresize_limit") ?? 0;
      const limited = limit > 0 && difference(change, "settings.disk_autoresize_limit") !== undefined;
      const less = [
        shrunk === undefined ? "" : `the disk shrinks (${shrunk.text} GB), which Google refuses`,
        switchedOff(change, "settings.disk_autoresize") ? "the disk no longer grows by itself" : "",
        limited ? `the disk grows to ${limit} GB at most` : "",
      ].filter((text) => text !== "");
      return less.length === 0
        ? undefined
        : `${title(change, "database instance")}: ${enumerated(less)}; when it is full, the database stops.`;
    },
  }),
  onUpdate({
    types: INSTANCE,
    what: "a replica promoted",
    why: "it is no longer kept up to date, and that cannot be taken back",
    find: (change) =>
      difference(change, "instance_type")?.was === "READ_REPLICA_INSTANCE"
        ? `${title(change, "database instance")} is PROMOTED: it no longer follows its primary, and never will again.`
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
      : `ssl_mode goes from ${ssl.text}, so that ${ssl.now.startsWith("ALLOW_UNENCRYPTED") ? "passwords and data may travel unencrypted" : "clients that do not speak it are refused"}`,
    enforced ? "whoever connects without the Auth Proxy or a connector is refused" : "",
    ...["cloudsql.iam_authentication", "cloudsql_iam_authentication"].map((flag) =>
      flagIsOn(change.before, flag) && !flagIsOn(change.after, flag)
        ? "whoever logs in by IAM is refused"
        : "",
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
