import { isUnknown, type Value } from "./value.ts";

/** Stands in a half-known string for a piece that is not known: no name of Google's contains it. */
const hole = "\u0000";

/** What a literal says of the resource that it names. */
export interface Identity {
  readonly name: string;
  /** Known only where the literal states them. */
  readonly project: string | undefined;
  readonly location: string | undefined;
  /** True where the literal names a project or location that is itself unknown. */
  readonly partly: boolean;
}

/** The text of a known or half-known string, with holes; undefined where no text is known. */
function textOf(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (!isUnknown(value) || value.parts.length === 0) return undefined;
  return value.parts.map((part) => (typeof part === "string" ? part : hole)).join("");
}

/**
 * Reads a self link, an id, a connection name, an email or a short name. Undefined where the name in it
 * is not known, or where it is an id of another collection than those asked for.
 */
export function identityOf(value: Value | undefined, collections: readonly string[]): Identity | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const identity = fromEmail(text) ?? fromConnectionName(text, collections) ?? fromPath(text, collections);
  return identity === undefined || identity.name === "" || identity.name.includes(hole)
    ? undefined
    : identity;
}

function known(text: string | undefined): string | undefined {
  return text === undefined || text.includes(hole) ? undefined : text;
}

function fromEmail(text: string): Identity | undefined {
  const match =
    /^(?:serviceAccount:|.*\/serviceAccounts\/)?([^@/]+)@([^@/]+)\.iam\.gserviceaccount\.com$/.exec(text);
  if (match === null) return undefined;
  const [, name = "", project] = match;
  return { name, project: known(project), location: undefined, partly: project?.includes(hole) === true };
}

/** "project:region:instance"; a project of a domain has a colon of its own. */
function fromConnectionName(text: string, collections: readonly string[]): Identity | undefined {
  if (!collections.includes("instances") || !/^[^/]+:[^/:]+:[^/:]+$/.test(text)) return undefined;
  const words = text.split(":");
  const name = words.pop() ?? "";
  const location = words.pop();
  const project = words.join(":");
  return {
    name,
    project: known(project),
    location: known(location),
    partly: `${project}${location}`.includes(hole),
  };
}

function fromPath(text: string, collections: readonly string[]): Identity | undefined {
  // Google's own accounts, other principals, unique numbers: nothing that Terraform would define.
  if (text.includes("@") || /^(?:\d+|all(?:Authenticated)?Users|[^/]*:[^/]*)$/.test(text)) return undefined;
  if (!text.includes("/")) return { name: text, project: undefined, location: undefined, partly: false };
  const start = text.search(/(?:^|\/)(?:projects|global|regions|locations|zones)\//);
  const words = (start < 0 ? text : text.slice(start))
    .split("/")
    .filter((word) => word !== "" && word !== "global");
  let project: string | undefined;
  let location: string | undefined;
  let collection: string | undefined;
  let name: string | undefined;
  for (let i = 0; i + 1 < words.length; i += 2) {
    const [word = "", value = ""] = words.slice(i, i + 2);
    if (word === "projects") project = value;
    else if (word === "regions" || word === "locations" || word === "zones") location = value;
    else if (collections.length === 0 ? word !== "versions" : collections.includes(word)) {
      collection = word;
      name = value;
    }
  }
  if (collection === undefined || name === undefined) return undefined;
  const place = location === "global" || location === "-" ? undefined : location;
  // A project may also be given by its number, which says nothing about its name.
  if (project !== undefined && /^(?:\d+|-)$/.test(project)) project = hole;
  return {
    name,
    project: known(project),
    location: known(place),
    partly: `${project}${location}`.includes(hole),
  };
}
