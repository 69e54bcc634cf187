import { flagOf, flags } from "../../analysis/database/flags.ts";
import { list } from "../../analysis/lists.ts";
import { references, textOf } from "../../analysis/references/text.ts";
import { type Container, type Workload, workloads } from "../../analysis/workload/index.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const IMAGE = /(^|\/)cloud-sql-connectors\/cloud-sql-proxy(?=[:@]|$)/;

/** Flags of version 1, and what version 2 has instead. */
const RENAMED: { readonly [flag: string]: string } = {
  instances: "the connection name as an argument, with --port",
  ip_address_types: "--private-ip",
  enable_iam_login: "--auto-iam-authn",
  credential_file: "--credentials-file",
  term_timeout: "--max-sigterm-delay",
  max_connections: "--max-connections",
  use_http_health_check: "--health-check",
  dir: "--unix-socket",
};

/** The Cloud SQL Auth Proxy as a sidecar has flags that it knows, and that fit its instance. */
export const sqlProxy: Rule = {
  id: "service/sql-proxy",
  why: "The Cloud SQL Auth Proxy exits at a flag that it does not know, and connects to the public address unless a flag says otherwise.",
  limit:
    "flags of version 2; --private-ip (or --auto-ip) for an instance without public address, and only for one with a private address; the IAM flag of the instance for --auto-iam-authn",
  fix: "Write the flags of version 2, for example --private-ip.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/sql-proxy",
  *check(graph) {
    for (const workload of workloads(graph))
      for (const container of workload.containers)
        if (IMAGE.test(textOf(container.block.get("image")) ?? ""))
          yield* evaluate(graph, workload, container);
  },
};

function* evaluate(graph: Graph, { resource }: Workload, { block, env }: Container): Iterable<Violation> {
  const words = ["command", "args"].flatMap((path) => list(block.get(path)));
  const texts = words.flatMap((word) => (typeof word === "string" ? word.split(/\s+/) : []));
  const fails = (message: string, fix: string): Violation => ({
    resource,
    severity: "error",
    message: `${message}.`,
    fix,
  });
  for (const text of texts) {
    const flag = /^--?([a-z_]+)(=|$)/.exec(text)?.[1];
    const replacement = flag !== undefined && Object.hasOwn(RENAMED, flag) ? RENAMED[flag] : undefined;
    if (replacement !== undefined)
      yield fails(
        `the argument "${text}" is of version 1 of the Cloud SQL Auth Proxy; fails at run time: version 2 exits at a flag that it does not know`,
        `Replace it by ${replacement}.`,
      );
  }
  // Variables CSQL_PROXY_... are flags as well.
  if (words.some(isUnknownFlag) || env.some(({ name }) => name.startsWith("CSQL_PROXY_"))) return;
  const has = (flag: string) =>
    texts.some((text) => text.replace(/^--?/, "").startsWith(flag) || text.includes(`?${flag}`));
  for (const word of words) {
    const name = typeof word === "string" ? word.replace(/\?.*$/, "") : word;
    if (typeof name === "string" ? !/^[a-z][^\s=]*:[^\s:]+:[^\s:]+$/.test(name) : !isUnknown(name)) continue;
    const target = graph.target(name, ["google_sql_database_instance"], resource);
    if (target.kind !== "resource") continue;
    const instance = target.resource;
    const isPrivate = instance.boolean("settings.ip_configuration.ipv4_enabled") === false;
    const hasAddress = isPrivate && instance.get("settings.ip_configuration.private_network") !== undefined;
    if (hasAddress && !has("private-ip") && !has("auto-ip") && !has("psc"))
      yield fails(
        `the Cloud SQL Auth Proxy connects to the public address of ${instance.address}, which has a private address only; fails at run time: the proxy finds no address`,
        'Add "--private-ip" to its arguments.',
      );
    if (has("private-ip") && hasNoPrivateAddress(instance))
      yield fails(
        `the Cloud SQL Auth Proxy has --private-ip, but ${instance.address} has no private address; fails at run time: the proxy finds no address`,
        "Remove --private-ip, or set private_network on the instance.",
      );
    if (has("auto-iam-authn") && hasNoIamLogin(instance))
      yield fails(
        `the Cloud SQL Auth Proxy has --auto-iam-authn, but ${instance.address} has no flag cloudsql.iam_authentication; fails at run time: every login is refused`,
        'Add database_flags { name = "cloudsql.iam_authentication" value = "on" } to the instance (cloudsql_iam_authentication for MySQL).',
      );
  }
}

/** An argument that is neither known nor a reference to an instance may be a flag. */
function isUnknownFlag(word: unknown): boolean {
  return (
    isUnknown(word) &&
    !references(word).some(({ address }) => address.includes("google_sql_database_instance."))
  );
}

function hasNoPrivateAddress(instance: Resource): boolean {
  return (
    !instance.isUnknown("settings.ip_configuration") &&
    instance.get("settings.ip_configuration.private_network") === undefined
  );
}

const IAM_LOGIN = ["cloudsql.iam_authentication", "cloudsql_iam_authentication"];

function hasNoIamLogin(instance: Resource): boolean {
  if (IAM_LOGIN.some((name) => isUnknown(flagOf(instance, name)))) return false;
  return !flags(instance).some(
    (flag) => IAM_LOGIN.includes(flag.string("name") ?? "") && flag.get("value") !== "off",
  );
}
