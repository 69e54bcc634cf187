import { engineOf } from "../../analysis/database/database.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** What the multi-regions of BigQuery hold. */
const MULTI: Readonly<Record<string, RegExp>> = { us: /^us-/, eu: /^europe-/ };

/** A connection of BigQuery leads to a database of its region, as what it is. */
export const bigqueryConnection: Rule = {
  id: "reachability/bigquery-connection",
  why: "Federated queries reach a Cloud SQL instance through a connection of the same region, or of a multi-region that holds it, and in the instance's own dialect.",
  limit: "type: the engine of the instance; location: its region, US or EU",
  fix: "Set location to the region of the instance, and type to its engine.",
  source: "https://docs.cloud.google.com/bigquery/docs/connect-to-sql",
  *check(graph) {
    for (const connection of graph.all("google_bigquery_connection")) {
      const value = connection.get("cloud_sql.instance_id");
      const instance = follow(graph, value, ["google_sql_database_instance"], connection);
      if (instance !== undefined) yield* evaluate(graph, connection, instance);
    }
  },
};

function* evaluate(graph: Graph, connection: Resource, instance: Resource): Iterable<Violation> {
  const engine = engineOf(instance);
  const type = connection.string("cloud_sql.type");
  if (engine === "SQLSERVER")
    yield {
      resource: connection,
      message: `cloud_sql.instance_id is ${instance.address}, a SQL Server; rejected by the API: federated queries are for PostgreSQL and MySQL.`,
      fix: "Copy the data, for example with Datastream.",
    };
  else if (engine !== undefined && (type === "POSTGRES" || type === "MYSQL") && type !== engine)
    yield {
      resource: connection,
      message: `cloud_sql.type is ${type}, and ${instance.address} is ${engine}; fails at run time: every query is rejected.`,
      fix: `Set type = "${engine}".`,
    };
  const [location, region] = [connection.string("location"), graph.region(instance)];
  if (location === undefined || region === undefined) return;
  const held = MULTI[location.toLowerCase()];
  if (held === undefined ? location.toLowerCase() === region : held.test(region)) return;
  yield {
    resource: connection,
    message: `location is ${location}, and ${instance.address} is in ${region}; fails at run time: a connection leads to instances of its own location only.`,
    fix: `Set location = "${region}".`,
  };
}
