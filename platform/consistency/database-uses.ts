import {
  type DatabaseSections,
  primaries,
  type WrittenDatabase,
  writtenDatabases,
} from "../backing-services/databases.ts";
import type { Issue, Path } from "../issue.ts";
import { type Environment, pathOf, type Workload, workloads } from "../schema/environment.ts";
import { bothDeclared, bothUsed, type OneOrList, sameVariables } from "./one-or-list.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<Environment, "services" | "jobs" | "workerPools"> & DatabaseSections;
type Use = Pick<NonNullable<Workload["database"]>, "instance" | "database" | "user" | "via">;

const KIND: OneOrList = { one: "database", list: "databases" };
const VARIABLES = {
  sample: "CLOUD_SQL_INSTANCE",
  secret: ["POSTGRES", "MYSQL"].flatMap((engine) => [`${engine}_PASSWORD`, `${engine}_CA_CERTIFICATE`]),
  other: "audit",
};

/** Who uses which database, by which login: all of them are declared, and each use has variables of its own. */
export function databaseUsesFit(plan: Plan): Issue[] {
  return [
    ...(plan.database !== undefined && plan.databases !== undefined ? [bothDeclared(KIND)] : []),
    ...workloads(plan).flatMap((workload) => [
      ...(workload.database !== undefined && workload.databases !== undefined
        ? [bothUsed(KIND, pathOf(plan, workload))]
        : []),
      ...sameVariables(KIND, VARIABLES, pathOf(plan, workload), workload.databases ?? [], workload.secrets),
      ...usesOf(plan, workload).flatMap(({ use, path }) => whatItUses(plan, use, path)),
    ]),
    ...writtenTwice(plan),
    ...sameInstance(plan),
  ];
}

function usesOf(plan: Plan, workload: Workload): { readonly use: Use; readonly path: Path }[] {
  const path = pathOf(plan, workload);
  const { database, databases = [] } = workload;
  return [
    ...(database === undefined ? [] : [{ use: database, path: [...path, "database"] }]),
    ...databases.map((use, index) => ({ use, path: [...path, "databases", index] })),
  ];
}

/** The instance of a use, where it is one; otherwise what is wrong. */
function instanceOf(plan: Plan, use: Use, path: Path): WrittenDatabase | Issue[] {
  const written = writtenDatabases(plan);
  const names = written.map(({ name }) => name);
  const [only, ...more] = primaries(written);
  if (only === undefined)
    return [
      {
        path,
        value: "set",
        allowed: 'this environment has no database: it has no section "database"',
        fix: 'add the section "database", or remove it here',
        uses: [["database"], ["databases"]],
      },
    ];
  if (use.instance === undefined) {
    if (more.length === 0) return only;
    return [
      {
        path,
        value: "without instance",
        allowed: `there are several databases (${primaries(written)
          .map(({ name }) => name)
          .join(", ")})`,
        fix: `add for example instance: "${only.name}"`,
        uses: [["databases"]],
      },
    ];
  }
  const found = written.find(({ name }) => name === use.instance);
  if (found !== undefined) return found;
  return undeclared({ noun: "database", section: "databases", names }, use.instance, [...path, "instance"]);
}

function whatItUses(plan: Plan, use: Use, path: Path): Issue[] {
  const found = instanceOf(plan, use, path);
  if (Array.isArray(found)) return found;
  const { key, path: where, settings } = found;
  const { databaseName, furtherDatabases = [], user, furtherUsers = [] } = settings;
  const unknown = (what: "database" | "user", further: string, known: readonly string[]): Issue[] => {
    const name = use[what];
    if (name === undefined || known.includes(name)) return [];
    return [
      {
        path: [...path, what],
        value: `"${name}"`,
        allowed: `${key} has ${known.join(", ")}`,
        fix: `add it to ${key}.${further}, or choose one of them`,
        uses: [[...where, further]],
      },
    ];
  };
  return [
    ...unknown("database", "furtherDatabases", [databaseName, ...furtherDatabases]),
    ...unknown("user", "furtherUsers", [user, ...furtherUsers.map((login) => login.user)]),
    ...(use.via === "pooler" && settings.pooler === undefined
      ? [
          {
            path: [...path, "via"],
            value: '"pooler"',
            allowed:
              found.replica === undefined
                ? found.engine.id === "postgres"
                  ? "the database has no pooler"
                  : `${key} is ${found.engine.label}, and the pooler of this platform is PostgreSQL's`
                : `${key} is a replica, and the pooler is in front of its primary`,
            fix:
              found.replica === undefined && found.engine.id === "postgres"
                ? `add ${key}.pooler: { poolSize: 50 }, or write via: "private-ip"`
                : 'write via: "private-ip" or "socket"',
            uses: [[...where, "pooler"]],
          },
        ]
      : []),
  ];
}

/** A replica has a name of its own, that of no database and of no other replica. */
function sameInstance(plan: DatabaseSections): Issue[] {
  const written = writtenDatabases(plan);
  return written.flatMap(({ name, path, replica }, index): Issue[] => {
    const other = written.find((each, at) => each.name === name && at !== index);
    if (
      replica === undefined ||
      other === undefined ||
      (other.replica !== undefined && written.indexOf(other) > index)
    )
      return [];
    return [
      {
        path: [...path, "name"],
        value: `"${name}"`,
        allowed: `${other.key} has this name already`,
        fix: "give each instance its own name",
        uses: [[...other.path, "name"]],
      },
    ];
  });
}

/** Databases and logins of one instance are there once each. */
function writtenTwice(plan: Plan): Issue[] {
  return primaries(writtenDatabases(plan)).flatMap(({ key, path, settings }) => {
    const { databaseName, furtherDatabases = [], user, furtherUsers = [] } = settings;
    const twice = (further: string, first: string, names: readonly string[], where: string): Issue[] =>
      names.flatMap((name, index): Issue[] =>
        name !== first && names.indexOf(name) === index
          ? []
          : [
              {
                path: [...path, further, index],
                value: `"${name}"`,
                allowed: `${name === first ? `${key}.${where}` : `${key}.${further}[${names.indexOf(name)}]`} is this already`,
                fix: "write each once",
                uses: [[...path, where]],
              },
            ],
      );
    return [
      ...twice("furtherDatabases", databaseName, furtherDatabases, "databaseName"),
      ...twice(
        "furtherUsers",
        user,
        furtherUsers.map((login) => login.user),
        "user",
      ),
    ];
  });
}
