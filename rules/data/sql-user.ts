import { engineOf, instanceOf, isReplica } from "../../analysis/database/database.ts";
import { flags } from "../../analysis/database/flags.ts";
import { ignoresChanges } from "../../analysis/ignored-changes.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { plural } from "../../values/words.ts";
import type { Rule, Violation } from "../rule.ts";

const POLICY = "settings.password_validation_policy";

/** Users of a database. */
export const sqlUser: Rule = {
  id: "data/sql-user",
  why: "A built-in user of PostgreSQL needs a password, and an IAM user needs a flag of the instance and a name without .gserviceaccount.com.",
  limit:
    "BUILT_IN: a password that satisfies the policy; CLOUD_IAM_SERVICE_ACCOUNT: the email without .gserviceaccount.com; IAM users: cloudsql.iam_authentication on",
  fix: "Set password, for example to random_password.api.result, or the type of the IAM user.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/add-manage-iam-users",
  *check(graph) {
    for (const user of graph.all("google_sql_user")) {
      const instance = instanceOf(graph, user);
      if (instance === undefined) continue;
      if (isReplica(instance))
        yield {
          resource: user,
          message: `instance is ${instance.address}, a read replica; rejected by the API: users are created on the primary.`,
          fix: "Set instance to the name of the primary.",
        };
      if (engineOf(instance) === "SQLSERVER" && user.string("type")?.startsWith("CLOUD_IAM_") === true)
        yield {
          resource: user,
          message: `type is ${user.string("type")}, and ${instance.address} is SQL Server; rejected by the API: only PostgreSQL and MySQL have IAM users.`,
          fix: "Remove type, and set a password.",
        };
      if (engineOf(instance) === "POSTGRES") yield* iamName(user);
      yield* host(user, instance);
      yield* password(graph, user, instance);
      yield* iamFlag(user, instance);
    }
  },
};

function* iamName(user: Resource): Iterable<Violation> {
  const name = user.get("name");
  const ends = isUnknown(name) ? name.parts.at(-1) : name;
  const isAccount = user.string("type") === "CLOUD_IAM_SERVICE_ACCOUNT";
  if (!isAccount || typeof ends !== "string" || !ends.endsWith(".gserviceaccount.com")) return;
  yield {
    resource: user,
    message: `name of an IAM user is "${ends}"; rejected by the API: PostgreSQL takes it without .gserviceaccount.com.`,
    fix: 'Write trimsuffix(google_service_account.x.email, ".gserviceaccount.com").',
  };
}

/** Only MySQL knows a user by the host that it comes from. */
function* host(user: Resource, instance: Resource): Iterable<Violation> {
  const written = user.string("host");
  const engine = engineOf(instance);
  if (written === undefined || written === "" || user.change !== undefined) return;
  if (engine === undefined || engine === "MYSQL") return;
  yield {
    resource: user,
    severity: "warning",
    message: `host is "${written}", and ${instance.address} is no MySQL instance; rejected by the API: users of other engines have no host.`,
    fix: "Remove host.",
  };
}

function* password(graph: Graph, user: Resource, instance: Resource): Iterable<Violation> {
  const type = user.get("type");
  const isBuiltIn = type === undefined || type === "" || type === "BUILT_IN";
  if (!isBuiltIn) return;
  const written = user.get("password");
  const least = instance.number(`${POLICY}.min_length`);
  if (written === undefined && user.get("password_wo") === undefined) {
    // A plan does not show a password that is written to the API only, but its version.
    const hidden = user.get("password_wo_version") !== undefined || user.change?.before !== undefined;
    const isSetElsewhere = ignoresChanges(user, "password");
    if (engineOf(instance) === "POSTGRES" && !hidden && !isSetElsewhere && user.string("id") === undefined)
      yield {
        resource: user,
        message:
          "password is not set and type is BUILT_IN; fails at run time: PostgreSQL rejects logins without one.",
      };
    return;
  }
  if (least === undefined || instance.boolean(`${POLICY}.enable_password_policy`) === false) return;
  const length = typeof written === "string" ? written.length : randomLength(graph, user);
  if (length !== undefined && length < least)
    yield {
      resource: user,
      message: `password has ${plural(length, "character")}; rejected by the API: the password policy of ${instance.address} requires ${least}.`,
      fix: `Set a password of ${plural(least, "character")} or more.`,
    };
}

function randomLength(graph: Graph, user: Resource): number | undefined {
  const target = graph.target(user.get("password"), ["random_password"], user);
  return target.kind === "resource" ? target.resource.number("length") : undefined;
}

function* iamFlag(user: Resource, instance: Resource): Iterable<Violation> {
  if (!/^CLOUD_IAM_/.test(user.string("type") ?? "")) return;
  const engine = engineOf(instance);
  const name = {
    POSTGRES: "cloudsql.iam_authentication",
    MYSQL: "cloudsql_iam_authentication",
    SQLSERVER: undefined,
  }[engine ?? "SQLSERVER"];
  const written = instance.get("settings.database_flags");
  if (name === undefined || isUnknown(written) || (Array.isArray(written) && written.some(isUnknown))) return;
  const flag = flags(instance).find((candidate) => candidate.string("name") === name);
  if (flag === undefined && flags(instance).some((candidate) => isUnknown(candidate.get("name")))) return;
  const value = flag?.get("value");
  if (isUnknown(value) || (typeof value === "string" && /^on$/i.test(value))) return;
  const message = `${user.address} is an IAM user and database flag ${name} of ${instance.address} is not on; fails at run time: an IAM user cannot log in.`;
  for (const resource of [instance, user])
    yield { resource, message, fix: `Set database flag ${name} to "on".` };
}
