import { references } from "../../analysis/references/text.ts";
import type { Block, Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** A table takes the rows that a subscription writes. */
export const subscriptionTable: Rule = {
  id: "reachability/subscription-table",
  why: "Without a schema of its own a subscription writes each message into the column data, and the table must have it.",
  limit: "a column data in the table of a bigquery_config without use_topic_schema and use_table_schema",
  fix: 'Add the column { name = "data", type = "STRING" }, or set use_table_schema = true.',
  source: "https://docs.cloud.google.com/pubsub/docs/bigquery#data_column",
  *check(graph) {
    for (const subscription of graph.all("google_pubsub_subscription"))
      for (const config of subscription.blocks("bigquery_config")) {
        const switches = ["use_topic_schema", "use_table_schema"].map((name) => config.get(name));
        if (switches.some((value) => value !== undefined && value !== false)) continue;
        const table = tableOf(graph, config, subscription);
        const names = table && columnsOf(table);
        if (table === undefined || names === undefined || names.includes("data")) continue;
        yield {
          resource: subscription,
          message: `bigquery_config writes to ${table.address}, which has the columns ${names.join(", ")}; rejected by the API: messages go into the column data.`,
        };
      }
  },
};

/** The table of a name PROJECT.DATASET.TABLE, as text or made of the attributes of a table. */
function tableOf(graph: Graph, config: Block, subscription: Resource): Resource | undefined {
  const tables = graph.all("google_bigquery_table");
  if (tables.length === 0) return undefined;
  const named = new Set(
    references(config.get("table")).map(({ address }) => graph.at(address, subscription)),
  );
  const [, project, dataset, name] = /^([^.]+)[.:]([^.]+)\.([^.]+)$/.exec(config.string("table") ?? "") ?? [];
  const fits = (table: Resource): boolean =>
    (graph.project(table) ?? project) === project &&
    table.string("dataset_id") === dataset &&
    table.string("table_id") === name;
  const [only, ...more] = tables.filter((table) => (name === undefined ? named.has(table) : fits(table)));
  return more.length === 0 ? only : undefined;
}

function columnsOf(table: Resource): string[] | undefined {
  try {
    const columns: unknown = JSON.parse(table.string("schema") ?? "");
    if (!Array.isArray(columns)) return undefined;
    return columns.map((column: unknown) => String(Object(column).name).toLowerCase());
  } catch {
    return undefined;
  }
}
