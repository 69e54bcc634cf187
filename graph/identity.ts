import { isUnknown, type Value } from "./value.ts";

/** Stands in a half-known string for a piece that is not known: no name of Google's contains it. */
const placeholder = "\u0000";

/** What a literal states about the resource that it names. */
export interface Identity {
  readonly name: string;
  /** Known only where the literal states them. */
  readonly project: string | undefined;
  readonly location: string | undefined;
  /** True where the literal names a project or location that is itself unknown. */
  readonly isPartial: boolean;
}

/** The text of a known or half-known string, with holes; undefined where no text is known. */
function textOf(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (!isUnknown(value) || value.parts.length === 0) return undefined;
  return value.parts.map((part) => (typeof part === "string" ? part : placeholder)).join("");
}

/**
 * Reads a self link, an id, a connection name, an email or a short name. Undefined where the name in it
 * is not known, or where it is an id of another collection than those asked for.
 */
export function identityOf(value: Value | undefined, collections: readonly string[]): Identity | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const identity = fromEmail(text) ?? fromConnectionName(text, collections) ?? fromPath(text, collections);
  return identity === undefined || identity.name === "" || identity.name.includes(placeholder)
    ? undefined
    : identity;
}

function known(text: string | undefined): string | undefined {
  return text === undefined || text.includes(placeholder) ? undefined : text;
}

function fromEmail(text: string): Identity | undefined {
  const match =
    /^(?:serviceAccount:|.*\/serviceAccounts\/)?([^@/]+)@([^@/]+)\.iam\.gserviceaccount\.com$/.exec(text);
  if (match === null) return undefined;
  const [, name = "", project] = match;
  return {
    name,
    project: known(project),
    location: undefined,
    isPartial: project?.includes(placeholder) === true,
  };
}

/** "project:region:instance"; a project of a domain has a colon of its own. */
function fromConnectionName(text: string, collections: readonly string[]): Identity | undefined {
  if (!collections.includes("instances") || !/^[^/]+:[^/:]+:[^/:]+$/.test(text)) return undefined;
  const segments = text.split(":");
  const name = segments.pop() ?? "";
  const location = segments.pop();
  const project = segments.join(":");
  return {
    name,
    project: known(project),
    location: known(location),
    isPartial: `${project}${location}`.includes(placeholder),
  };
}

function fromPath(text: string, collections: readonly string[]): Identity | undefined {
  // Google's own accounts, other principals, unique numbers: nothing that Terraform would define.
  if (text.includes("@") || /^(?:\d+|all(?:Authenticated)?Users|[^/]*:[^/]*)$/.test(text)) return undefined;
  if (!text.includes("/")) return { name: text, project: undefined, location: undefined, isPartial: false };
  const start = text.search(/(?:^|\/)(?:projects|global|regions|locations|zones)\//);
  const segments = (start < 0 ? text : text.slice(start))
    .split("/")
    .filter((segment) => segment !== "" && segment !== "global");
  let project: string | undefined;
  let location: string | undefined;
  let collection: string | undefined;
  let name: string | undefined;
  for (let i = 0; i + 1 < segments.length; i += 2) {
    const [segment = "", value = ""] = segments.slice(i, i + 2);
    if (segment === "projects") project = value;
    else if (segment === "regions" || segment === "locations" || segment === "zones") location = value;
    else if (collections.length === 0 ? segment !== "versions" : collections.includes(segment)) {
      collection = segment;
      name = value;
    }
  }
  if (collection === undefined || name === undefined) return undefined;
  const region = location === "global" || location === "-" ? undefined : location;
  // A project may also be given by its number, which does not state its name.
  if (project !== undefined && /^(?:\d+|-)$/.test(project)) project = placeholder;
  return {
    name,
    project: known(project),
    location: known(region),
    isPartial: `${project}${location}`.includes(placeholder),
  };
}
