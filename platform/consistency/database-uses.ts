import {
  type DatabaseSections,
  primaries,
  type WrittenDatabase,
  writtenDatabases,
} from "../backing-services/databases.ts";
import type { Issue, Path } from "../issue.ts";
import { secretVariable } from "../names.ts";
import { type Environment, pathOf, type Workload, workloads } from "../schema/environment.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<Environment, "services" | "jobs" | "workerPools"> & DatabaseSections;
type Use = Pick<NonNullable<Workload["database"]>, "instance" | "database" | "user" | "via">;

/** Who uses which database, by which login: all of them are declared, and each use has variables of its own. */
export function databaseUsesFit(plan: Plan): Issue[] {
  return [
    ...oneOfBoth(plan),
    ...workloads(plan).flatMap((workload) => [
      ...bothWritten(plan, workload),
      ...sameVariables(plan, workload),
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

/** `database` and `databases` of the environment are two ways to write the same. */
function oneOfBoth({ database, databases }: DatabaseSections): Issue[] {
  if (database === undefined || databases === undefined) return [];
  return [
    {
      path: ["database"],
      value: "set",
      allowed: "databases is written, too, and holds every instance where there are several",
      fix: "move it into databases",
      uses: [["databases"]],
    },
  ];
}

function bothWritten(plan: Plan, workload: Workload): Issue[] {
  if (workload.database === undefined || workload.databases === undefined) return [];
  const path = pathOf(plan, workload);
  return [
    {
      path: [...path, "database"],
      value: "set",
      allowed: "databases is written, too, and holds every database of a service that uses several",
      fix: "move it into databases, with its instance",
      uses: [[...path, "databases"]],
    },
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

/** Each use starts its variables with a name of its own, and no secret of the service is passed as one of them. */
function sameVariables(plan: Plan, workload: Workload): Issue[] {
  const path = pathOf(plan, workload);
  const { databases = [], secrets } = workload;
  const prefixes = databases.map(({ as, instance }) => secretVariable(as ?? instance));
  return databases.flatMap(({ as, instance }, index): Issue[] => {
    const prefix = prefixes[index] ?? "";
    const own = { path: [...path, "databases", index, as === undefined ? "instance" : "as"] };
    const value = `"${as ?? instance}"`;
    const first = prefixes.indexOf(prefix);
    const secret = secrets.find((name) =>
      ["POSTGRES", "MYSQL"].some((engine) =>
        [`${prefix}_${engine}_PASSWORD`, `${prefix}_${engine}_CA_CERTIFICATE`].includes(secretVariable(name)),
      ),
    );
    return [
      ...(first === index
        ? []
        : [
            {
              ...own,
              value,
              allowed: `databases[${first}] has the variables ${prefix}_CLOUD_SQL_INSTANCE and so on already`,
              fix: 'give one of them another name: as: "audit"',
              uses: [[...path, "databases", first]],
            },
          ]),
      ...(secret === undefined
        ? []
        : [
            {
              ...own,
              value,
              allowed: `its variables start with ${prefix}_, and the secret "${secret}" is passed as one of them`,
              fix: "remove the secret from secrets: the database passes its own",
              uses: [[...path, "secrets"]],
            },
          ]),
    ];
  });
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
