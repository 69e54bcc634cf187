import type { Attributes } from "../../attributes.ts";
import { cloudSqlLimits } from "../../limits.ts";

export type Engine = "POSTGRES" | "MYSQL" | "SQLSERVER";
export type Edition = "ENTERPRISE" | "ENTERPRISE_PLUS";

export function engineOf(instance: Attributes): Engine | undefined {
  const [word] = (instance.string("database_version") ?? "").toUpperCase().split("_");
  return word === "POSTGRES" || word === "MYSQL" || word === "SQLSERVER" ? word : undefined;
}

/** The edition in force: the version decides where none is written, and a clone takes that of its source. */
export function editionOf(
  instance: Attributes,
): { readonly edition: Edition; readonly isDefault: boolean } | undefined {
  const written = instance.string("settings.edition");
  if (written === "ENTERPRISE" || written === "ENTERPRISE_PLUS")
    return { edition: written, isDefault: false };
  const major = /^POSTGRES_(\d+)/i.exec(instance.string("database_version") ?? "")?.[1];
  if (major === undefined || instance.isUnknown("settings.edition") || instance.blocks("clone").length > 0)
    return undefined;
  const isPlus = Number(major) >= cloudSqlLimits.enterprisePlusByDefault.value;
  return { edition: isPlus ? "ENTERPRISE_PLUS" : "ENTERPRISE", isDefault: true };
}

export function isReplica(instance: Attributes): boolean {
  return (instance.get("master_instance_name") ?? "") !== "";
}
