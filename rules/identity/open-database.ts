import { list } from "../../analysis/lists.ts";
import type { Resource } from "../../graph/index.ts";
import { cloudSqlLimits, type Limit, redisLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** Ports on which databases and caches listen: Google's own, then Elasticsearch, Memcached and MongoDB. */
const DATABASE_PORTS = new Set([
  ...[cloudSqlLimits.sqlServerPort, cloudSqlLimits.mysqlPort, cloudSqlLimits.postgresPort].map(text),
  ...[redisLimits.tlsPort, redisLimits.port].map(text),
  ...["9200", "11211", "27017"],
]);

function text({ value }: Limit): string {
  return String(value);
}

/** A database is not open to the whole internet. */
export const openDatabase: Rule = {
  id: "identity/open-database",
  why: "A database that admits 0.0.0.0/0 is found within minutes and tried with every leaked password.",
  limit: "no 0.0.0.0/0 in authorized_networks, nor as source of a rule that allows a database port",
  fix: "Name the ranges that need it, for example 203.0.113.0/24, or use a private address.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/authorize-networks",
  *check(graph) {
    for (const instance of graph.all("google_sql_database_instance")) {
      const open = instance
        .blocks("settings.ip_configuration.authorized_networks")
        .find((network) => /\/0$/.test(network.string("value") ?? ""));
      if (open === undefined) continue;
      yield {
        resource: instance,
        message: `authorized_networks has ${open.string("value")}; is a security risk: everyone on the internet may try to log in.`,
      };
    }
    for (const firewall of graph.all("google_compute_firewall")) {
      const port = openPort(firewall);
      if (port === undefined) continue;
      yield {
        resource: firewall,
        severity: "warning",
        message: `allow has the database port ${port} from 0.0.0.0/0; is a security risk: everyone on the internet may try to log in.`,
      };
    }
  },
};

function openPort(firewall: Resource): string | undefined {
  const ingress = (firewall.string("direction") || "INGRESS") === "INGRESS";
  if (!ingress || firewall.boolean("disabled") === true) return undefined;
  if (!list(firewall.get("source_ranges")).some((range) => range === "0.0.0.0/0" || range === "::/0"))
    return undefined;
  return firewall
    .blocks("allow")
    .flatMap((block) => list(block.get("ports")).map(String))
    .find((candidate) => DATABASE_PORTS.has(candidate));
}
