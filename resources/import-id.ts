import { resourceType } from "./catalogue.ts";

/** What fills the placeholders of an import id. */
export interface ImportIdParts {
  readonly project: string;
  readonly region: string;
  /** The router of a NAT, the instance of a database; "" where the type has none. */
  readonly parent: string;
  readonly name: string;
}

/**
 * The form of the ids that Terraform imports resources of the type by, with {project}, {region}, {parent} and {name}.
 * @throws Error where the catalogue gives none
 */
export function importIdForm(type: string): string {
  const form = resourceType(type)?.importId;
  if (form === undefined) throw new Error(`the catalogue gives no import id of ${type}`);
  return form;
}

/** The id that Terraform imports the resource by. */
export function importId(type: string, parts: ImportIdParts): string {
  return importIdForm(type).replace(/\{(\w+)\}/g, (_, key: string) => parts[key as keyof ImportIdParts]);
}

/** Where the provider documents it. */
export function importSource(type: string): string {
  return `https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/${type.replace("google_", "")}#import`;
}

/**
 * Reads an id as Google and gcloud print it: a self link, a path from "projects/" on, project:region:instance, or an
 * email. Undefined where it does not have the form of the type's ids.
 */
export function readImportId(type: string, id: string): Partial<ImportIdParts> | undefined {
  const path = asPath(type, id);
  const keys: string[] = [];
  const pattern = importIdForm(type)
    .split(/\{(\w+)\}/)
    .map((piece, index) => {
      if (index % 2 === 0) return piece.replaceAll(".", "\\.");
      if (keys.includes(piece)) return `\\${keys.indexOf(piece) + 1}`;
      keys.push(piece);
      return "([^/@]+)";
    })
    .join("");
  const found = new RegExp(`^${pattern}$`).exec(path);
  return found === null
    ? undefined
    : Object.fromEntries(keys.map((key, index) => [key, found[index + 1] ?? ""]));
}

function asPath(type: string, id: string): string {
  const connection = /^([^/]+):([^/:]+):([^/:]+)$/.exec(id);
  if (type === "google_sql_database_instance" && connection !== null)
    return `projects/${connection[1]}/instances/${connection[3]}`;
  const email = /^[^/@]+@([^/@]+)\.iam\.gserviceaccount\.com$/.exec(id);
  if (type === "google_service_account" && email !== null)
    return `projects/${email[1]}/serviceAccounts/${id}`;
  const start = id.indexOf("projects/");
  return start < 0 ? id : id.slice(start);
}
