import type { Graph, Resource } from "../../graph/index.ts";

export const INSTANCE = "google_sql_database_instance";

export type Engine = "POSTGRES" | "MYSQL" | "SQLSERVER";
export type Edition = "ENTERPRISE" | "ENTERPRISE_PLUS";

/** The instance that a user or database belongs to, where the input defines it. */
export function instanceOf(graph: Graph, member: Resource): Resource | undefined {
  const target = graph.target(member.get("instance"), [INSTANCE], member);
  return target.kind === "resource" ? target.resource : undefined;
}

export function engineOf(instance: Resource): Engine | undefined {
  const [word] = (instance.string("database_version") ?? "").toUpperCase().split("_");
  return word === "POSTGRES" || word === "MYSQL" || word === "SQLSERVER" ? word : undefined;
}

/** 16 of POSTGRES_16; undefined for other engines. */
export function postgresMajor(instance: Resource): number | undefined {
  const major = /^POSTGRES_(\d+)/i.exec(instance.string("database_version") ?? "")?.[1];
  return major === undefined ? undefined : Number(major);
}

export function writtenEdition(instance: Resource): Edition | undefined {
  const edition = instance.string("settings.edition");
  return edition === "ENTERPRISE" || edition === "ENTERPRISE_PLUS" ? edition : undefined;
}

export function isReplica(instance: Resource): boolean {
  return (instance.get("master_instance_name") ?? "") !== "";
}
