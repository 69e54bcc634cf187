import type { Attributes } from "../attributes.ts";
import { anything, atMostOneOf, custom, form, order, range, required } from "../constraints/index.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const SCHEMAS = "https://docs.cloud.google.com/bigquery/docs/schemas";
const RULE = {
  id: "data/bigquery-shape",
  source: SCHEMAS,
} as const;

const TYPES = new Set(
  [
    "STRING BYTES INTEGER INT64 FLOAT FLOAT64 BOOLEAN BOOL TIMESTAMP DATE TIME DATETIME GEOGRAPHY NUMERIC",
    "BIGNUMERIC DECIMAL BIGDECIMAL JSON RECORD STRUCT RANGE INTERVAL FOREIGN",
  ]
    .join(" ")
    .split(" "),
);
const MODES = new Set(["NULLABLE", "REQUIRED", "REPEATED"]);

interface Column {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly mode?: unknown;
  readonly fields?: unknown;
}

/** The columns of a schema; undefined where it is not known, "invalid" where it is no list of them. */
function columnsOf(table: Attributes): readonly Column[] | "invalid" | undefined {
  const text = table.string("schema");
  if (text === undefined || text.trim() === "") return undefined;
  try {
    const read: unknown = JSON.parse(text);
    if (!Array.isArray(read)) return "invalid";
    return read.every((each) => typeof each === "object" && each !== null) ? read : "invalid";
  } catch {
    return "invalid";
  }
}

function* wrongColumns(
  columns: readonly Column[],
  place: string,
): Iterable<{ found: string; because: string; fix: string }> {
  for (const { name, type, mode, fields } of columns) {
    if (typeof name !== "string") {
      yield {
        found: `a column of ${place} has no name`,
        because: "each column has name and type",
        fix: 'Write { name = "id", type = "STRING" }.',
      };
      continue;
    }
    if (typeof type === "string" && !TYPES.has(type.toUpperCase().replace(/[(<].*/, "")))
      yield {
        found: `the column ${name} of ${place} has type "${type}"`,
        because: "BigQuery has no such type",
        fix: 'Write for example "STRING", "INT64" or "TIMESTAMP".',
      };
    if (typeof mode === "string" && !MODES.has(mode.toUpperCase()))
      yield {
        found: `the column ${name} of ${place} has mode "${mode}"`,
        because: `a column is ${[...MODES].join(", ")}`,
        fix: 'Write mode = "NULLABLE".',
      };
    if (Array.isArray(fields)) yield* wrongColumns(fields as readonly Column[], `${place}.${name}`);
  }
}

function* wrongSchema(table: Attributes) {
  const columns = columnsOf(table);
  if (columns === "invalid")
    yield {
      found: "schema is no list of columns in JSON",
      because: "a schema is a list of objects with name and type",
      fix: 'Write schema = jsonencode([{ name = "id", type = "STRING" }]).',
    };
  else if (columns !== undefined) yield* wrongColumns(columns, "schema");
}

/** What a table is partitioned and clustered by is a column of it. */
function* unknownColumns(table: Attributes) {
  const columns = columnsOf(table);
  if (columns === undefined || columns === "invalid") return;
  const names = columns.map(({ name }) => String(name).toLowerCase());
  const clustering = table.get("clustering");
  const used = [
    ...["time_partitioning", "range_partitioning"].map(
      (block) => [`${block}.field`, table.string(`${block}.field`)] as const,
    ),
    ...(Array.isArray(clustering) ? clustering : []).map((field) => ["clustering", field] as const),
  ];
  for (const [place, field] of used)
    if (typeof field === "string" && !field.startsWith("_") && !names.includes(field.toLowerCase()))
      yield {
        found: `${place} is "${field}"`,
        because: "schema has no such column",
        fix: `Add the column, or name one of ${columns.map(({ name }) => String(name)).join(", ")}.`,
      };
}

/** Columns by which a table may be partitioned. */
const PARTITIONED: readonly (readonly [block: string, types: RegExp, words: string])[] = [
  ["time_partitioning", /^(TIMESTAMP|DATE|DATETIME)$/, "TIMESTAMP, DATE or DATETIME"],
  ["range_partitioning", /^(INTEGER|INT64)$/, "INTEGER"],
];

function* wrongPartition(table: Attributes) {
  const columns = columnsOf(table);
  if (columns === undefined || columns === "invalid") return;
  for (const [block, taken, words] of PARTITIONED) {
    const field = table.string(`${block}.field`)?.toLowerCase();
    const column = columns.find(({ name }) => typeof name === "string" && name.toLowerCase() === field);
    const type = typeof column?.type === "string" ? column.type.toUpperCase() : undefined;
    if (field === undefined || type === undefined || !TYPES.has(type)) continue;
    const isHourOfDate = type === "DATE" && table.string("time_partitioning.type") === "HOUR";
    if (taken.test(type) && !isHourOfDate) continue;
    yield {
      found: `${block}.field is "${field}" of type ${type}`,
      because: isHourOfDate ? "a date has no hours" : `the column is of type ${words}`,
      fix: isHourOfDate ? 'Set type = "DAY".' : `Name a column of type ${words}.`,
    };
  }
}

/** Five fields, as of crontab. */
const CRON = /^\s*[\d*/,-]+(\s+[\dA-Za-z*/,?-]+){4}\s*$/;

const dataset: FieldRule = {
  ...RULE,
  why: "BigQuery checks names, columns and lifetimes when it makes a table, the provider hardly any of them.",
  constraints: [
    ...["user_by_email", "group_by_email", "domain", "special_group", "iam_member"].map((member) =>
      required(["role"], {
        within: "access[]",
        when: { [member]: [anything] },
        because: "who may access a dataset has a role in it",
        fix: 'Set role, for example "READER".',
        source: "https://docs.cloud.google.com/bigquery/docs/control-access-to-resources-iam",
      }),
    ),
    form("dataset_id", /^\w{1,1024}$/, {
      form: "letters, digits and underscores",
      examples: ["orders_raw"],
      outcome: "rejected at plan",
      source: "https://docs.cloud.google.com/bigquery/docs/datasets#dataset-naming",
    }),
    form("location", /^(US|EU|us|eu|[a-z]+(-[a-z]+)+\d+)$|^(aws|azure)-/i, {
      form: "US, EU or a region",
      examples: ["EU", "europe-west1"],
      source: "https://docs.cloud.google.com/bigquery/docs/locations",
    }),
    ...["default_table_expiration_ms", "default_partition_expiration_ms"].map((attribute) =>
      range(attribute, {
        low: 3_600_000,
        zeroIsUnset: true,
        unit: "ms",
        outcome: "rejected at plan",
        source: "https://docs.cloud.google.com/bigquery/docs/updating-datasets#table-expiration",
      }),
    ),
  ],
};

/** BigQuery: datasets, tables and connections to databases. */
export const bigquery: readonly ResourceType[] = [
  {
    type: "google_bigquery_dataset",
    label: "dataset",
    nameAttribute: "dataset_id",
    deleteImpact: { destroyed: "the tables in it are deleted", holdsData: true },
    fieldRules: [dataset],
  },
  {
    type: "google_bigquery_table",
    label: "table",
    nameAttribute: "table_id",
    references: { dataset_id: ["google_bigquery_dataset"] },
    deleteImpact: { destroyed: "the rows in it are deleted", holdsData: true },
    fieldRules: [
      {
        ...RULE,
        constraints: [
          custom("schema: columns with a name, a type and a mode that BigQuery has", wrongSchema),
          custom("view.query: with backticks in standard SQL only", function* (table) {
            const query = table.string("view.query") ?? "";
            const isLegacy = table.boolean("view.use_legacy_sql") === true;
            if (!isLegacy || /^\s*#standardSQL/i.test(query) || !/`[^`]+`/.test(query)) return;
            yield {
              found: "view.use_legacy_sql is true, and the query has names in backticks",
              because: "legacy SQL has names in brackets",
              fix: "Set use_legacy_sql = false.",
            };
          }),
          custom(
            "time_partitioning.field: a column of a time; range_partitioning.field: an INTEGER",
            wrongPartition,
            {
              source: "https://docs.cloud.google.com/bigquery/docs/partitioned-tables",
            },
          ),
          order("start", "end", { within: "range_partitioning.range" }),
          atMostOneOf(["time_partitioning", "range_partitioning"], {
            because: "a table has partitions of one kind",
            source: "https://docs.cloud.google.com/bigquery/docs/partitioned-tables",
          }),
          custom(
            "time_partitioning.field, range_partitioning.field, clustering: columns of schema",
            unknownColumns,
            {
              source: "https://docs.cloud.google.com/bigquery/docs/clustered-tables",
            },
          ),
        ],
      },
    ],
  },
  {
    type: "google_bigquery_data_transfer_config",
    label: "transfer",
    nameAttribute: null,
    fieldRules: [
      {
        id: "time/transfer-interval",
        source: "https://docs.cloud.google.com/bigquery/docs/scheduling-queries",
        constraints: [
          custom("schedule of BigQuery: every day 03:00, and not a crontab", function* (transfer) {
            const schedule = transfer.string("schedule") ?? "";
            if (CRON.test(schedule))
              yield {
                found: `schedule is "${schedule}"`,
                because: "BigQuery has schedules in words",
                fix: 'Write for example "every day 03:00" or "every 6 hours".',
              };
          }),
        ],
      },
    ],
  },
  {
    type: "google_bigquery_reservation",
    label: "reservation",
    fieldRules: [
      {
        ...RULE,
        constraints: [
          range("slot_capacity", {
            step: 50,
            unit: "slots",
            source: "https://docs.cloud.google.com/bigquery/docs/slots",
          }),
        ],
      },
    ],
  },
  {
    type: "google_bigquery_connection",
    label: "connection",
    nameAttribute: "connection_id",
    fieldRules: [
      {
        ...RULE,
        constraints: [
          form("cloud_sql.instance_id", /^[^:]+(:[^:]+)?:[^:]+:[^:]+$/, {
            form: "PROJECT:REGION:INSTANCE",
            examples: ["acme-orders:europe-west1:main"],
            fix: "Write connection_name of the instance.",
            source: "https://docs.cloud.google.com/bigquery/docs/connect-to-sql",
          }),
        ],
      },
    ],
  },
];
